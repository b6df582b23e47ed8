import type { Needle } from '../core/criterion.ts';

/** Bytes of a needle with the bits that do not count. */
type Piece = { readonly bytes: readonly number[]; readonly mask: readonly number[] };

/** The bit in which an ASCII capital and its small letter differ. */
const caseBit = 0x20;

/** A test of a text for a word, letters by Unicode's simple folding: É is é, and ß no ss. */
export function foldedTest(word: string): (text: string) => boolean {
	const pattern = new RegExp(escaped(word), 'iu');
	return (text) => pattern.test(text);
}

function escaped(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** An ASCII word as its bytes in either case. */
export function foldedAscii(word: string): Needle {
	return needleOfPieces(Array.from(word, asciiPiece));
}

/** The longest stretch of a word whose bytes differ from those of its other cases in some bits only; undefined where there is none. */
export function foldedRun(word: string): Needle | undefined {
	const characters = everyCharacter();
	const runs: Piece[][] = [[]];
	for (const character of word) {
		const piece = pieceOf(character, characters);
		if (piece) runs.at(-1)?.push(piece);
		else runs.push([]);
	}
	const needles = runs.map(needleOfPieces);
	const longest = needles.reduce((best, one) => (length(one) > length(best) ? one : best));
	return length(longest) > 0 ? longest : undefined;
}

function length({ bytes }: Needle): number {
	return bytes.length;
}

/** One character in all its cases; undefined where these are not equally long, or not known. */
function pieceOf(character: string, characters: string): Piece | undefined {
	if (character === '\ufffd' || character.length > 1) return undefined;
	const same = characters.match(new RegExp(escaped(character), 'giu')) ?? [];
	const [first = Buffer.alloc(0), ...others] = same.map((one) => Buffer.from(one));
	if (others.some((other) => other.length !== first.length)) return undefined;
	const mask = Array.from(first, (byte, at) =>
		others.reduce((bits, other) => bits | (byte ^ (other[at] ?? 0)), 0),
	);
	return { bytes: Array.from(first, (byte, at) => byte | (mask[at] ?? 0)), mask };
}

function asciiPiece(character: string): Piece {
	const byte = character.charCodeAt(0);
	const mask = /[a-z]/u.test(character) ? caseBit : 0;
	return { bytes: [byte | mask], mask: [mask] };
}

function needleOfPieces(pieces: readonly Piece[]): Needle {
	return {
		bytes: Uint8Array.from(pieces.flatMap(({ bytes }) => bytes)),
		mask: Uint8Array.from(pieces.flatMap(({ mask }) => mask)),
	};
}

/** All characters of sixteen bits; the few letters behind them are no other's capitals. */
function everyCharacter(): string {
	const units = new Uint16Array(0x1_0000).map((_, unit) => unit);
	return Buffer.from(units.buffer).toString('utf16le');
}
