import { jsonKeyAt, logAt } from './json-peek.ts';
import { afterString, afterValue, firstKey, nextKey, valueAfter } from './json-scan.ts';

const [quote, colon, openObject, openList] = [0x22, 0x3a, 0x7b, 0x5b] as const;

/** What stands behind a piece of an object. */
const follows = { text: 0, word: 1, end: 2 } as const;
type Follows = (typeof follows)[keyof typeof follows];

/** Bytes that objects of one shape have in common, up to what differs in them. */
export type Piece = {
	readonly start: number;
	readonly end: number;
	readonly follows: Follows;
	/** The key of what follows, among those that tell something; -1 for another one, or one further inside. */
	readonly place: number;
};

/**
 * An object in pieces: texts without their quotes, numbers and words lie between them. Undefined where its members
 * cannot be told from their outside: it is cut short, or tells its severity within `log`.
 */
export function piecesOf(bytes: Uint8Array, start: number, end: number): Piece[] | undefined {
	const pieces: Piece[] = [];
	let done = start;
	let behind = start;
	const until = (at: number, next: number, kind: Follows, place: number) => {
		pieces.push({ start: done, end: at, follows: kind, place });
		done = next;
	};
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const keyEnd = afterString(bytes, key, end);
		const value = valueAfter(bytes, keyEnd, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return undefined;
		const place = jsonKeyAt(bytes, key, keyEnd);
		const first = bytes[value];
		if (first === openObject || first === openList) {
			if (place === logAt) return undefined;
			within(bytes, value, behind, until);
		} else if (first === quote) until(value + 1, behind - 1, follows.text, place);
		else if (wordEnd(bytes, value, end) === behind) until(value, behind, follows.word, place);
		else return undefined;
	}
	until(end, end, follows.end, -1);
	return pieces;
}

/** The texts, but keys, and words of a container, whatever its structure. */
function within(
	bytes: Uint8Array,
	start: number,
	end: number,
	until: (at: number, next: number, kind: Follows, place: number) => void,
): void {
	for (let at = start; at < end; ) {
		const isText = bytes[at] === quote;
		const behind = isText ? afterString(bytes, at, end) : wordEnd(bytes, at, end);
		if (isText && bytes[behind] !== colon) until(at + 1, behind - 1, follows.text, -1);
		else if (!isText && behind > 0) until(at, behind, follows.word, -1);
		at = Math.max(at + 1, behind);
	}
}

/** Behind the letters, digits, signs and dots at `at`: a number, `true`, `null`; -1 where there are none. */
function wordEnd(bytes: Uint8Array, at: number, end: number): number {
	let next = at;
	while (next < end && isOfWord(bytes[next] ?? 0)) next += 1;
	return next > at ? next : -1;
}

function isOfWord(byte: number): boolean {
	const letter = byte | 0x20;
	const isDigit = byte >= 0x30 && byte <= 0x39;
	return (
		isDigit || (letter >= 0x61 && letter <= 0x7a) || byte === 0x2d || byte === 0x2e || byte === 0x2b
	);
}
