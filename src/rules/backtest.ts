import type { Decoded } from '../core/criterion.ts';
import type { Book } from './rule-book.ts';

/** As many as are listed; the others are counted. */
const maxListed = 500;

export type Would = { readonly seq: number; readonly says: string };

/** A rule over events that are past: what it would have wanted, cool-downs kept. Nothing is done. */
export class Backtest {
	readonly #book: Book;
	readonly #until = new Map<string, number>();
	readonly #would: Would[] = [];
	readonly #troubles = new Set<string>();
	#looked = 0;
	#fired = 0;
	#repeats = 0;

	/** Undefined where there is no such rule. */
	static of(book: Book, rule: string): Backtest | undefined {
		const alone = book.alone(rule);
		return alone && new Backtest(alone);
	}

	private constructor(alone: Book) {
		this.#book = alone;
	}

	/** `at`: when the event came, in milliseconds since the epoch. */
	look(seq: number, event: Decoded, at: number): void {
		this.#looked += 1;
		const { wishes, troubles } = this.#book.consider(seq, event, at);
		for (const { says } of troubles) if (this.#troubles.size < 20) this.#troubles.add(says);
		for (const { key, action, cooldownMs, params, seqs, use } of wishes) {
			if (at < (this.#until.get(key) ?? 0)) {
				this.#repeats += 1;
				continue;
			}
			this.#until.set(key, at + cooldownMs);
			this.#fired += 1;
			const says = `${use} ${action} ${JSON.stringify(params)}, from ${counted(seqs.length, 'event')}`;
			if (this.#would.length < maxListed) this.#would.push({ seq, says });
		}
	}

	result(): {
		readonly looked: number;
		readonly would: readonly Would[];
		readonly troubles: readonly string[];
		readonly says: string;
	} {
		const repeats = this.#repeats === 0 ? '' : `, ${this.#repeats} more within their cool-down`;
		const says = `${counted(this.#fired, 'suggestion')} from ${counted(this.#looked, 'event')}${repeats}`;
		return { looked: this.#looked, would: this.#would, troubles: [...this.#troubles], says };
	}
}

function counted(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}
