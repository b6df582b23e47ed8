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
	const isTight = at + 1 < end && bytes[at] === comma && bytes[at + 1] === quote;
	return isTight ? at + 1 : keyAfterSpace(bytes, at, end);
}

function keyAfterSpace(bytes: Uint8Array, at: number, end: number): number {
	const between = afterSpace(bytes, at, end);
	if (between >= end || bytes[between] !== comma) return -1;
	const key = afterSpace(bytes, between + 1, end);
	return key < end && bytes[key] === quote ? key : -1;
}

/** Where the value begins whose key, in quotes, ended at `at`; -1 where there is none. */
export function valueAfter(bytes: Uint8Array, at: number, end: number): number {
	const isTight = at > 0 && at + 1 < end && bytes[at] === colon && (bytes[at + 1] ?? 0) > 0x20;
	return isTight ? at + 1 : valueAfterSpace(bytes, at, end);
}

function valueAfterSpace(bytes: Uint8Array, at: number, end: number): number {
	const between = at < 0 ? end : afterSpace(bytes, at, end);
	if (between >= end || bytes[between] !== colon) return -1;
	const value = afterSpace(bytes, between + 1, end);
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

/** Whether the bytes begin like an object, with a key or empty, and end like one. Its inside is not checked. */
export function isObject(bytes: Uint8Array, start: number, end: number): boolean {
	let last = end - 1;
	while (last > start && isSpace(bytes[last] ?? 0)) last -= 1;
	if (bytes[last] !== closeObject) return false;
	const key = firstKey(bytes, start, end);
	if (key >= 0) return valueAfter(bytes, afterString(bytes, key, end), end) >= 0;
	const open = afterSpace(bytes, afterMark(bytes, start, end), end);
	return bytes[open] === openObject && afterSpace(bytes, open + 1, end) === last;
}

/** Whether there is a string without escapes at `at`: then its characters stand between `at + 1` and `behind - 1`. */
export function isPlainString(bytes: Uint8Array, at: number, behind: number): boolean {
	return bytes[at] === quote && indexOf(bytes, backslash, at, behind) === behind;
}

/** So many bytes are looked at by hand before the runtime is asked, whose answer costs as much as some fifty. */
const byHand = 32;

/** Behind the closing quote of the string at `at`, or -1. `first` bytes of it are looked at before the runtime is asked. */
export function afterString(bytes: Uint8Array, at: number, end: number, first = byHand): number {
	let next = at + 1;
	for (let hands = first; next < end; hands = byHand) {
		const near = Math.min(end, next + hands);
		for (; next < near; next += 1) {
			const byte = bytes[next];
			if (byte === quote) return next + 1;
			if (byte === backslash) next += 1;
		}
		const hit = bytes.indexOf(quote, next);
		if (hit < 0 || hit >= end) return -1;
		if (!isEscaped(bytes, next, hit)) return hit + 1;
		next = hit + 1;
	}
	return -1;
}

/** Whether the character at `at` is, in a string that is known from `start` on. */
function isEscaped(bytes: Uint8Array, start: number, at: number): boolean {
	let plain = at;
	while (plain > start && bytes[plain - 1] === backslash) plain -= 1;
	return (at - plain) % 2 === 1;
}

/** Brackets and braces differ in one bit. */
const [opens, closes, bracketBit] = [0x7b, 0x7d, 0x20];

function afterContainer(bytes: Uint8Array, at: number, end: number): number {
	let depth = 0;
	for (let next = at; next < end; ) {
		const byte = bytes[next] ?? 0;
		if (byte === quote) {
			next = afterString(bytes, next, end);
			if (next < 0) return -1;
			continue;
		}
		next += 1;
		const folded = byte | bracketBit;
		if (folded === opens) depth += 1;
		else if (folded === closes) {
			depth -= 1;
			if (depth === 0) return next;
		}
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
	let behind = start;
	let found = -1;
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const value = valueAfter(bytes, afterString(bytes, key, end), end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return -1;
		if (isAt(bytes, key, end, wanted)) found = value;
	}
	return found;
}

/** Keys to look for. `first` holds, for a length and a first letter, the place behind the first such name, 0 for none: nearly all keys cost one look. */
export type Keys = { readonly first: Uint8Array; readonly names: readonly Uint8Array[] };

const lengths = 32;

export function keysOf(names: readonly string[]): Keys {
	const first = new Uint8Array(lengths * 256);
	for (const [place, name] of names.entries()) {
		first[slotOf(name.length + 2, name.charCodeAt(0))] ||= place + 1;
	}
	return { first, names: names.map(quoted) };
}

/** The place among `keys` of the key between its quotes at `key` and before `keyEnd`; -1 where it is none of them. */
export function placeOf(bytes: Uint8Array, key: number, keyEnd: number, keys: Keys): number {
	const length = keyEnd - key;
	if (length >= lengths) return -1;
	const first = keys.first[slotOf(length, bytes[key + 1] ?? 0)] ?? 0;
	if (first === 0) return -1;
	for (let place = first - 1; place < keys.names.length; place += 1) {
		const name = keys.names[place];
		if (name?.length === length && isAt(bytes, key, keyEnd, name)) return place;
	}
	return -1;
}

function slotOf(length: number, letter: number): number {
	return length * 256 + letter;
}

/** The bytes of a key as it stands in JSON. */
export function quoted(key: string): Uint8Array {
	return ascii(`"${key}"`);
}
