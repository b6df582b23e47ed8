import { skipValue } from '../../codec/msgpack-scan.ts';
import type { Peek } from '../../core/format.ts';
import { ascii, indexOf, isAt, isWord } from '../bytes.ts';
import type { Family } from './family.ts';
import { afterKey, firstPair, numberAt, pairsAt, textAt } from './scan.ts';

const result = ascii('\xa6result');
const no = ascii('false');
const nil = 0xc0;
const isTrue = 0xc3;
const pipe = 0x7c;
const err = 3;

/** How deep below a return states may stand: an orchestration's are in `data`, then under the master's id. */
export const stateDepth = 3;

/** Whether events of a family tell how something ended. */
export function hasOutcome(family: Family): boolean {
	return family === 'return' || family === 'runner' || family === 'wheel' || family === 'published';
}

/** Foreign clients send text where Salt sends a bool. */
export function isFalse(bytes: Uint8Array, at: number, end: number): boolean {
	const text = textAt(bytes, at);
	return text < 0 ? bytes[at] === 0xc2 : isWord(bytes, text, end, no);
}

/** A retcode is a number, a number as text, or a map of one for each minion. */
export function isNonZero(bytes: Uint8Array, at: number, end: number): boolean {
	const first = bytes[at];
	const text = textAt(bytes, at);
	if (text >= 0) return text < end && !(end - text === 1 && bytes[text] === 0x30);
	if (first === nil || first === 0xc2) return false;
	if (first === isTrue) return true;
	const number = numberAt(bytes, at);
	if (!Number.isNaN(number)) return number !== 0;
	let next = firstPair(bytes, at);
	for (let pairs = pairsAt(bytes, at); pairs > 0; pairs -= 1) {
		const value = afterKey(bytes, next, end);
		const behind = value < 0 ? -1 : skipValue(bytes, value, end);
		if (behind < 0) return false;
		if (pairsAt(bytes, value) < 0 && isNonZero(bytes, value, behind)) return true;
		next = behind;
	}
	return false;
}

/**
 * Behind the value at `at`, or -1 as `skipValue`; `out` becomes an error where it holds a state with `result:
 * false`, itself or in maps up to `depth` below.
 */
export function skipReturn(
	bytes: Uint8Array,
	at: number,
	end: number,
	out: Peek,
	depth: number,
): number {
	let pairs = pairsAt(bytes, at);
	if (pairs < 0) return skipValue(bytes, at, end);
	let next = firstPair(bytes, at);
	for (; pairs > 0 && next >= 0; pairs -= 1) {
		const value = afterKey(bytes, next, end);
		if (value < 0) return -1;
		if (pairsAt(bytes, value) < 0) next = skipValue(bytes, value, end);
		else if (isStateKey(bytes, next, value)) next = skipState(bytes, value, end, out);
		else if (depth > 1) next = skipReturn(bytes, value, end, out, depth - 1);
		else next = skipValue(bytes, value, end);
	}
	return next;
}

function skipState(bytes: Uint8Array, at: number, end: number, out: Peek): number {
	let next = firstPair(bytes, at);
	for (let pairs = pairsAt(bytes, at); pairs > 0 && next >= 0; pairs -= 1) {
		const value = afterKey(bytes, next, end);
		if (value < 0) return -1;
		if (bytes[value] === 0xc2 && isAt(bytes, next, end, result)) out.severity = err;
		next = skipValue(bytes, value, end);
	}
	return next;
}

/** `file_|-banner_|-/etc/motd_|-managed` */
function isStateKey(bytes: Uint8Array, start: number, end: number): boolean {
	let at = indexOf(bytes, pipe, start + 1, end);
	while (at < end) {
		if (bytes[at - 1] === 0x5f && bytes[at + 1] === 0x2d) return true;
		at = indexOf(bytes, pipe, at + 1, end);
	}
	return false;
}
