import type { Bits } from './bits.ts';
import type { Slab } from './slab.ts';

/** What a test says of each distinct string of a slab: asked once, however many rows have it. */
export class Verdicts {
	readonly #test: (slab: Slab, id: number) => boolean;
	readonly #known = new WeakMap<Slab, Uint8Array>();

	constructor(test: (slab: Slab, id: number) => boolean) {
		this.#test = test;
	}

	/** Keeps the rows of [from, to) whose string passes; `ids` is the column, `count` how many strings there are. */
	keep(slab: Slab, from: number, to: number, rows: Bits, ids: Uint16Array, count: number): void {
		const known = this.#knownOf(slab, count);
		rows.keepValues(from, to, ids, known, (id) => this.#test(slab, id));
	}

	#knownOf(slab: Slab, count: number): Uint8Array {
		const known = this.#known.get(slab);
		if (known && known.length >= count) return known;
		const wider = new Uint8Array(slab.isSealed ? count : count * 2);
		if (known) wider.set(known);
		this.#known.set(slab, wider);
		return wider;
	}
}
