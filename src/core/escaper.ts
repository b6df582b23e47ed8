import type { Notation } from './notation.ts';

/** More marks than this on one letter climb out of their row. */
const marksPerBase = 2;

/** Writes code points one after the other, each as itself or escaped: a mark stands only on a base that does. */
export class Escaper {
	/** Columns of what was written last. */
	columns = 0;
	readonly #notation: Notation;
	#marksLeft = 0;

	constructor(notation: Notation) {
		this.#notation = notation;
	}

	write(code: number): string {
		const width = this.#notation.widthOf(code);
		const standsForItself = width > 0 || (width === 0 && this.#marksLeft > 0);
		if (!standsForItself) return this.replace(this.#notation.escape(code));
		this.#marksLeft = width > 0 ? marksPerBase : this.#marksLeft - 1;
		this.columns = width;
		return String.fromCodePoint(code);
	}

	/** Writes our own narrow characters in place of the sender's. */
	replace(shown: string): string {
		this.#marksLeft = 0;
		this.columns = shown.length;
		return shown;
	}
}

/** The whole text in this notation. */
export function escapeAll(text: string, notation: Notation): string {
	const escaper = new Escaper(notation);
	let out = '';
	for (const character of text) out += escaper.write(character.codePointAt(0) ?? 0);
	return out;
}
