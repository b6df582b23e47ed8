/** A few names as small numbers: sources and formats. At most 256. */
export class Names {
	readonly #names: string[] = [];

	id(name: string): number {
		const known = this.#names.indexOf(name);
		if (known >= 0) return known;
		if (this.#names.length === 256) throw new RangeError('more than 256 names');
		return this.#names.push(name) - 1;
	}

	name(id: number): string {
		return this.#names[id] ?? '';
	}

	get size(): number {
		return this.#names.length;
	}
}
