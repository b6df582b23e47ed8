import type { View } from '../log/view.ts';

/** What a window needs to know of a view's matches. */
export type Matches = Pick<View, 'upTo' | 'after' | 'countBefore' | 'neighbour' | 'matched'>;

/**
 * A view's matches, and before the oldest of them the critical ones nobody saw before they fell out of the ring.
 * `fallen` are their seqs, oldest first; all are older than what the ring holds.
 */
export class WithFallen implements Matches {
	readonly #view: Matches;
	readonly #fallen: readonly number[];

	constructor(view: Matches, fallen: readonly number[]) {
		this.#view = view;
		this.#fallen = fallen;
	}

	get matched(): number {
		return this.#view.matched + this.#fallen.length;
	}

	upTo(seq: number, count: number): number[] {
		const held = this.#view.upTo(seq, count);
		const missing = count - held.length;
		return missing === 0 ? held : [...this.#before(seq + 1).slice(-missing), ...held];
	}

	after(seq: number, count: number): number[] {
		const fallen = this.#fallen.filter((one) => one > seq).slice(0, count);
		return [...fallen, ...this.#view.after(seq, count - fallen.length)];
	}

	countBefore(seq: number): number {
		return this.#before(seq).length + this.#view.countBefore(seq);
	}

	neighbour(seq: number, towards: 'older' | 'newer'): number | undefined {
		if (towards === 'older') return this.#view.neighbour(seq, towards) ?? this.#before(seq).at(-1);
		const isAmongFallen = seq < (this.#fallen.at(-1) ?? 0);
		const fallen = isAmongFallen ? this.#fallen.find((one) => one > seq) : undefined;
		return fallen ?? this.#view.neighbour(seq, towards);
	}

	#before(seq: number): readonly number[] {
		return this.#fallen.filter((one) => one < seq);
	}
}
