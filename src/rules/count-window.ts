const maxKeys = 10_000;
const maxEntries = 100_000;
/** As many rows as a suggestion cites. */
const cited = 50;

type Entry = { readonly seq: number; readonly at: number };

/** How often something was seen of late, by key. What it remembers is bounded: the keys longest unseen go first. */
export class CountWindow {
	readonly #atLeast: number;
	readonly #withinMs: number;
	/** The key seen last comes last. */
	readonly #keys = new Map<string, Entry[]>();
	#entries = 0;

	constructor(atLeast: number, withinMs: number) {
		this.#atLeast = atLeast;
		this.#withinMs = withinMs;
	}

	/** Counts one more; the rows that make it enough, oldest first and at most 50, or undefined while it is not. */
	add(key: string, seq: number, now: number): readonly number[] | undefined {
		const entries = [...this.#take(key, now), { seq, at: now }].slice(
			-Math.max(this.#atLeast, cited),
		);
		this.#keys.set(key, entries);
		this.#entries += entries.length;
		this.#forget(now);
		if (entries.length < this.#atLeast) return undefined;
		return entries.slice(-cited).map((entry) => entry.seq);
	}

	/** How many were seen up to and with this row, itself counted even where it is forgotten. */
	countAt(key: string, seq: number, now: number): number {
		const entries = this.#keys.get(key) ?? [];
		const own = entries.find((entry) => entry.seq === seq);
		const at = own?.at ?? now;
		const before = entries.filter((entry) => entry.seq < seq && entry.at > at - this.#withinMs);
		return before.length + 1;
	}

	#take(key: string, now: number): Entry[] {
		const entries = this.#keys.get(key) ?? [];
		this.#keys.delete(key);
		this.#entries -= entries.length;
		return entries.filter(({ at }) => at > now - this.#withinMs);
	}

	#forget(now: number): void {
		for (const [key, entries] of this.#keys) {
			const isOver = (entries.at(-1)?.at ?? 0) <= now - this.#withinMs;
			const isMuch = this.#keys.size > maxKeys || this.#entries > maxEntries;
			if (!isOver && !isMuch) return;
			this.#keys.delete(key);
			this.#entries -= entries.length;
		}
	}
}
