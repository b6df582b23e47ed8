import type { Bounds } from '../core/bounds.ts';
import { type Peek, sliceIn } from '../core/format.ts';
import { hostKeys, nameKeys, severityKeys, timeKeys } from './json-keys.ts';
import {
	afterString,
	afterValue,
	firstKey,
	isPlainString,
	keysOf,
	memberAt,
	nextKey,
	placeOf,
	quoted,
	valueAfter,
} from './json-scan.ts';
import { severityAt } from './severity-words.ts';
import { readEpoch, readTime } from './time.ts';

/** A name becomes a tag in a list: a longer one is a text. */
const longestName = 200;
const err = 3;
/** The severity of an object that names none. */
export const usual = 6;
const [quote, openObject] = [0x22, 0x7b] as const;

const level = quoted('level');
const all = [...severityKeys, 'log', ...timeKeys, ...hostKeys, ...nameKeys] as const;
const keys = keysOf(all);
/** The place of `log`, the one key that tells something by what is within its value. */
export const logAt = severityKeys.length;
const timeAt = logAt + 1;
const hostAt = timeAt + timeKeys.length;
const nameAt = hostAt + hostKeys.length;
const none: number = all.length;
/** The best place so far of a severity, a time, a host and a name, a byte each. */
export const nothingYet = none * 0x01010101;

/**
 * Severity, own time, host and a name of a JSON object, in one pass over its outermost keys; of several keys
 * that would do, the best one counts. Allocates nothing, never throws.
 */
export function peekJson({ body, bodyStart, bodyEnd }: Bounds, out: Peek): void {
	out.severity = usual;
	let best = nothingYet;
	let behind = bodyStart;
	for (
		let key = firstKey(body, bodyStart, bodyEnd);
		key >= 0;
		key = nextKey(body, behind, bodyEnd)
	) {
		const keyEnd = afterString(body, key, bodyEnd);
		const value = valueAfter(body, keyEnd, bodyEnd);
		behind = value < 0 ? -1 : afterValue(body, value, bodyEnd);
		if (behind < 0) {
			out.severity = err;
			return;
		}
		const place = jsonKeyAt(body, key, keyEnd);
		if (place >= 0) best = takeMember(place, body, value, behind, best, out);
	}
}

/** Which of the keys that tell something stands between its quotes at `key` and before `keyEnd`; -1 for none. */
export function jsonKeyAt(bytes: Uint8Array, key: number, keyEnd: number): number {
	return placeOf(bytes, key, keyEnd, keys);
}

/**
 * Reads what the member with that key tells, unless a better key told it. `best` is what the members before it came
 * to, `nothingYet` for the first; returned is what they come to with this one.
 */
export function takeMember(
	place: number,
	bytes: Uint8Array,
	value: number,
	behind: number,
	best: number,
	out: Peek,
): number {
	const shift = place < timeAt ? 0 : place < hostAt ? 8 : place < nameAt ? 16 : 24;
	const isBest = place <= ((best >>> shift) & 0xff);
	if (!isBest || !readMember(place, bytes, value, behind, out)) return best;
	return (best & ~(0xff << shift)) | (place << shift);
}

/** Whether the value tells what its key promises. */
function readMember(
	place: number,
	bytes: Uint8Array,
	value: number,
	behind: number,
	out: Peek,
): boolean {
	if (place >= nameAt) return readName(bytes, value, behind, out);
	if (place >= hostAt) return readHost(bytes, value, behind, out);
	if (place >= timeAt) return readAnyTime(bytes, value, behind, out);
	const isNested = bytes[value] === openObject;
	return isNested === (place === logAt) && readSeverity(bytes, value, behind, out);
}

/** A word, a number of syslog's, or an object `log` with its `level`; false where it names no severity. */
function readSeverity(bytes: Uint8Array, value: number, behind: number, out: Peek): boolean {
	if (bytes[value] === openObject) {
		const inner = memberAt(bytes, value, behind, level);
		const innerEnd = inner < 0 ? -1 : afterValue(bytes, inner, behind);
		return innerEnd > 0 && bytes[inner] !== openObject && readSeverity(bytes, inner, innerEnd, out);
	}
	const isText = bytes[value] === quote;
	const rank = isText ? severityAt(bytes, value + 1, behind - 1) : severityAt(bytes, value, behind);
	if (rank >= 0) out.severity = rank;
	return rank >= 0;
}

function readAnyTime(bytes: Uint8Array, value: number, behind: number, out: Peek): boolean {
	const before = out.seconds;
	out.seconds = -1;
	if (bytes[value] === quote) readTime(bytes, value + 1, behind - 1, out);
	else readEpoch(bytes, value, behind, out);
	if (out.seconds >= 0) return true;
	out.seconds = before;
	return false;
}

/** A host with escapes in it has its place, but only decoding tells its name. */
export function readHost(bytes: Uint8Array, value: number, behind: number, out: Peek): boolean {
	if (bytes[value] !== quote || behind - value <= 2) return false;
	out.hostIn = isPlainString(bytes, value, behind) ? sliceIn.body : sliceIn.nothing;
	out.hostStart = value + 1;
	out.hostEnd = behind - 1;
	return true;
}

export function readName(bytes: Uint8Array, value: number, behind: number, out: Peek): boolean {
	const length = behind - value - 2;
	if (bytes[value] !== quote || length < 1 || length > longestName) return false;
	out.nameStart = value + 1;
	out.nameEnd = behind - 1;
	return true;
}
