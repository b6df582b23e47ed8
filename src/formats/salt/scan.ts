import { skipValue, uint16, uint32 } from '../../codec/msgpack-scan.ts';
import { isAt } from '../bytes.ts';

/** The parts of a MessagePack map by hand: what the look at a Salt event needs, without allocating. */

/** How many pairs the map at `at` has, or -1 where there is none. */
export function pairsAt(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first >= 0x80 && first < 0x90) return first & 0x0f;
	if (first === 0xde) return uint16(bytes, at + 1);
	return first === 0xdf ? uint32(bytes, at + 1) : -1;
}

/** Where the first key of the map at `at` is. */
export function firstPair(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	return at + (first < 0x90 ? 1 : first === 0xde ? 3 : 5);
}

/** Where the value behind the key at `at` is, or -1. Keys are nearly always short texts. */
export function afterKey(bytes: Uint8Array, at: number, end: number): number {
	const first = bytes[at] ?? 0;
	if (first < 0xa0 || first >= 0xc0) return skipValue(bytes, at, end);
	const behind = at + 1 + (first & 0x1f);
	return behind < end ? behind : -1;
}

/** Where the first value under `key` (its bytes with their header) of the map at `at` is, or -1. */
export function valueUnder(bytes: Uint8Array, at: number, end: number, key: Uint8Array): number {
	if (at < 0) return -1;
	let next = firstPair(bytes, at);
	for (let pairs = pairsAt(bytes, at); pairs > 0; pairs -= 1) {
		const value = afterKey(bytes, next, end);
		if (value < 0) return -1;
		if (isAt(bytes, next, end, key)) return value;
		next = skipValue(bytes, value, end);
		if (next < 0) return -1;
	}
	return -1;
}

/** Where the characters of the text at `at` begin, or -1 where it is no text. */
export function textAt(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first >= 0xa0 && first < 0xc0) return at + 1;
	if (first < 0xd9 || first > 0xdb) return -1;
	return at + 1 + (1 << (first - 0xd9));
}

/** The number at `at`; NaN where it is none, and where it is an integer of 64 bits that no double holds as it is. */
export function numberAt(bytes: Uint8Array, at: number): number {
	const first = bytes[at] ?? 0;
	if (first < 0x80) return first;
	if (first >= 0xe0) return first - 0x100;
	switch (first) {
		case 0xca:
			return floatAt(bytes, at + 1);
		case 0xcb:
			return doubleAt(bytes, at + 1);
		case 0xcc:
			return bytes[at + 1] ?? 0;
		case 0xcd:
			return uint16(bytes, at + 1);
		case 0xce:
			return uint32(bytes, at + 1);
		case 0xd0:
			return ((bytes[at + 1] ?? 0) << 24) >> 24;
		case 0xd1:
			return (uint16(bytes, at + 1) << 16) >> 16;
		case 0xd2:
			return uint32(bytes, at + 1) | 0;
		case 0xcf:
			return uint32(bytes, at + 1) * 2 ** 32 + uint32(bytes, at + 5);
		case 0xd3:
			return (uint32(bytes, at + 1) | 0) * 2 ** 32 + uint32(bytes, at + 5);
		default:
			return Number.NaN;
	}
}

function doubleAt(bytes: Uint8Array, at: number): number {
	const high = uint32(bytes, at);
	const exponent = (high >>> 20) & 0x7ff;
	const fraction = ((high & 0xfffff) * 2 ** 32 + uint32(bytes, at + 4)) * 2 ** -52;
	return scaled(high >>> 31, exponent, fraction, 0x7ff, 1023);
}

function floatAt(bytes: Uint8Array, at: number): number {
	const all = uint32(bytes, at);
	return scaled(all >>> 31, (all >>> 23) & 0xff, (all & 0x7fffff) * 2 ** -23, 0xff, 127);
}

function scaled(
	sign: number,
	exponent: number,
	fraction: number,
	highest: number,
	bias: number,
): number {
	if (exponent === highest && fraction !== 0) return Number.NaN;
	const size =
		exponent === highest
			? Number.POSITIVE_INFINITY
			: exponent === 0
				? fraction * 2 ** (1 - bias)
				: (1 + fraction) * 2 ** (exponent - bias);
	return sign === 1 ? -size : size;
}

/** Behind the value at `at`, or -1, as `skipValue` finds it; the commonest values without asking it. */
export function afterValue(bytes: Uint8Array, at: number, end: number): number {
	const first = bytes[at] ?? 0;
	if (first < 0x80 || first === 0xc2 || first === 0xc3) return at < end ? at + 1 : -1;
	if (first < 0xa0 || first >= 0xc0) return skipValue(bytes, at, end);
	const behind = at + 1 + (first & 0x1f);
	return behind <= end ? behind : -1;
}
