import { Escaper } from './escaper.ts';
import type { Notation } from './notation.ts';

/** Runs of spaces this long could push what follows out of sight, so they are counted. */
const longBlank = 8;

/** What a cell shows whole or not at all: `length` code units, `codePoints` code points of the text. */
type Piece = {
	readonly shown: string;
	readonly columns: number;
	readonly length: number;
	readonly codePoints: number;
};

/** Whether a text of plain ASCII holds a run of spaces that a cell counts. */
export function hasLongBlank(text: string): boolean {
	return text.includes(' '.repeat(longBlank));
}

/** As much of the text as fits, escaped; it looks no further than that, but for counting what it leaves out. */
export function fit(text: string, columns: number, notation: Notation): string {
	const escaper = new Escaper(notation);
	const pieces: Piece[] = [];
	let used = 0;
	let index = 0;
	while (index < text.length && used <= columns) {
		const piece = pieceAt(text, index, escaper, notation);
		pieces.push(piece);
		used += piece.columns;
		index += piece.length;
	}
	if (used > columns) return cut(pieces, columns, codePointsFrom(text, index), notation);
	return join(pieces);
}

function pieceAt(text: string, index: number, escaper: Escaper, notation: Notation): Piece {
	const blanks = blanksAt(text, index);
	if (blanks >= longBlank) return blankPiece(text, index, blanks, escaper, notation);
	const code = text.codePointAt(index) ?? 0;
	const shown = text.startsWith(notation.cut, index)
		? escaper.replace(notation.escape(code))
		: escaper.write(code);
	return { shown, columns: escaper.columns, length: code > 0xffff ? 2 : 1, codePoints: 1 };
}

/** One space stays behind where a digit follows: `␣×8` and `8` must not read as `␣×88`. */
function blankPiece(
	text: string,
	index: number,
	blanks: number,
	escaper: Escaper,
	notation: Notation,
): Piece {
	const counted = /[0-9]/.test(text.charAt(index + blanks)) ? blanks - 1 : blanks;
	const shown = escaper.replace(notation.blanks(counted));
	return { shown, columns: escaper.columns, length: counted, codePoints: counted };
}

function blanksAt(text: string, index: number): number {
	let end = index;
	while (text.charCodeAt(end) === 0x20) end++;
	return end - index;
}

/** Takes pieces from the end until the count of what is missing fits behind the rest. */
function cut(pieces: Piece[], columns: number, beyond: number, notation: Notation): string {
	let used = pieces.reduce((sum, piece) => sum + piece.columns, 0);
	let missing = beyond;
	while (used + `${notation.cut}${missing}`.length > columns) {
		const last = pieces.pop();
		if (!last) return notation.cut.slice(0, -1).slice(0, columns);
		used -= last.columns;
		missing += last.codePoints;
	}
	return `${join(pieces)}${notation.cut}${missing}`;
}

function join(pieces: readonly Piece[]): string {
	return pieces.map((piece) => piece.shown).join('');
}

function codePointsFrom(text: string, start: number): number {
	let count = 0;
	for (let index = start; index < text.length; index++) {
		if ((text.codePointAt(index) ?? 0) > 0xffff) index++;
		count++;
	}
	return count;
}
