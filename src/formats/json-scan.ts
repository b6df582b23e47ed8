import { ascii, indexOf, isAt } from './bytes.ts';

/** JSON text by hand: what a look at an event needs, without allocating or recursing. */

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Where the first key of the object that fills the bytes begins (its quote); -1 where there is none. */
export function firstKey(bytes: Uint8Array, start: number, end: number): number {
	const open = afterSpace(bytes, afterMark(bytes, start, end), end);
	if (open >= end || bytes[open] !== openObject) return -1;
	const key = afterSpace(bytes, open + 1, end);
	return key < end && bytes[key] === quote ? key : -1;
}

/** Where the key behind a value that ended at `at` begins, or -1 where the object ends. */
export function nextKey(bytes: Uint8Array, at: number, end: number): number {
	const between = afterSpace(bytes, at, end);
	if (between >= end || bytes[between] !== comma) return -1;
	const key = afterSpace(bytes, between + 1, end);
	return key < end && bytes[key] === quote ? key : -1;
}

/** Where the value of the key at `key` begins, or -1. */
export function valueOfKey(bytes: Uint8Array, key: number, end: number): number {
	const behind = afterString(bytes, key, end);
	const at = behind < 0 ? end : afterSpace(bytes, behind, end);
	if (at >= end || bytes[at] !== colon) return -1;
	const value = afterSpace(bytes, at + 1, end);
	return value < end ? value : -1;
}

/** The index behind the value at `at`, or -1 where it does not end. Its inside is not checked. */
export function afterValue(bytes: Uint8Array, at: number, end: number): number {
	const first = bytes[at];
	if (first === quote) return afterString(bytes, at, end);
	if (first === openObject || first === openList) return afterContainer(bytes, at, end);
	let next = at;
	while (next < end && !isDelimiter(bytes[next] ?? 0)) next += 1;
	return next > at ? next : -1;
}

/** Whether the bytes are one object and nothing else, as far as its outermost keys tell. */
export function isObject(bytes: Uint8Array, start: number, end: number): boolean {
	let behind = afterSpace(bytes, afterMark(bytes, start, end), end);
	if (behind >= end || bytes[behind] !== openObject) return false;
	behind += 1;
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const value = valueOfKey(bytes, key, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return false;
	}
	const close = afterSpace(bytes, behind, end);
	return close < end && bytes[close] === closeObject && afterSpace(bytes, close + 1, end) === end;
}

/** Whether there is a string without escapes at `at`: then its characters stand between `at + 1` and `behind - 1`. */
export function isPlainString(bytes: Uint8Array, at: number, behind: number): boolean {
	return bytes[at] === quote && indexOf(bytes, backslash, at, behind) === behind;
}

/** Behind the closing quote of the string at `at`, or -1. */
function afterString(bytes: Uint8Array, at: number, end: number): number {
	let next = at + 1;
	while (next < end) {
		const byte = bytes[next];
		if (byte === quote) return next + 1;
		next += byte === backslash ? 2 : 1;
	}
	return -1;
}

function afterContainer(bytes: Uint8Array, at: number, end: number): number {
	let depth = 0;
	let next = at;
	while (next < end) {
		const byte = bytes[next];
		if (byte === quote) {
			next = afterString(bytes, next, end);
			if (next < 0) return -1;
			continue;
		}
		if (byte === openObject || byte === openList) depth += 1;
		else if (byte === closeObject || byte === closeList) depth -= 1;
		next += 1;
		if (depth === 0) return next;
	}
	return -1;
}

/** Behind a byte order mark, which some writers put first. */
function afterMark(bytes: Uint8Array, start: number, end: number): number {
	const isMark = bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
	return isMark && start + 3 <= end ? start + 3 : start;
}

function afterSpace(bytes: Uint8Array, start: number, end: number): number {
	let at = start;
	while (at < end && isSpace(bytes[at] ?? 0)) at += 1;
	return at;
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDelimiter(byte: number): boolean {
	return byte === comma || byte === closeObject || byte === closeList || isSpace(byte);
}

/** Where the last value under a key (its bytes with both quotes) of the object at `start` is, or -1. */
export function memberAt(
	bytes: Uint8Array,
	start: number,
	end: number,
	wanted: Uint8Array,
): number {
	let [behind, found] = [start, -1];
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const value = valueOfKey(bytes, key, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return -1;
		if (isAt(bytes, key, end, wanted)) found = value;
	}
	return found;
}

/** The place of the key at `key` among `keys` (their bytes with both quotes), or -1. */
export function placeOf(
	bytes: Uint8Array,
	key: number,
	end: number,
	keys: readonly Uint8Array[],
): number {
	const letter = bytes[key + 1];
	for (let place = 0; place < keys.length; place += 1) {
		const wanted = keys[place];
		if (wanted?.[1] === letter && wanted !== undefined && isAt(bytes, key, end, wanted))
			return place;
	}
	return -1;
}

/** The bytes of keys as they stand in JSON. */
export function quoted(...keys: readonly string[]): readonly Uint8Array[] {
	return keys.map((key) => ascii(`"${key}"`));
}
