import type { Slab } from './slab.ts';

/** What a test said of each distinct string of a slab: asked once. */
export class Verdicts {
	readonly #test: (slab: Slab, id: number) => boolean;
	readonly #known = new WeakMap<Slab, Uint8Array<ArrayBuffer>>();
	#slab: Slab | undefined;
	#ofSlab = new Uint8Array(0);

	constructor(test: (slab: Slab, id: number) => boolean) {
		this.#test = test;
	}

	of(slab: Slab, id: number): boolean {
		if (slab !== this.#slab || id >= this.#ofSlab.length) this.#turnTo(slab, id);
		const known = this.#ofSlab[id];
		if (known) return known === 2;
		const verdict = this.#test(slab, id);
		this.#ofSlab[id] = verdict ? 2 : 1;
		return verdict;
	}

	#turnTo(slab: Slab, id: number): void {
		const known = this.#known.get(slab);
		this.#slab = slab;
		this.#ofSlab = known && id < known.length ? known : widened(known, Math.max(id + 1, slab.rows));
		this.#known.set(slab, this.#ofSlab);
	}
}

function widened(known: Uint8Array | undefined, least: number): Uint8Array<ArrayBuffer> {
	const wider = new Uint8Array(least * 2);
	if (known) wider.set(known);
	return wider;
}
