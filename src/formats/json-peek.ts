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
const [err, info] = [3, 6] as const;
const [quote, openObject] = [0x22, 0x7b] as const;

const level = quoted('level');
const all = [...severityKeys, 'log', ...timeKeys, ...hostKeys, ...nameKeys] as const;
const keys = keysOf(all);
const logAt = severityKeys.length;
const timeAt = logAt + 1;
const hostAt = timeAt + timeKeys.length;
const nameAt = hostAt + hostKeys.length;
const none: number = all.length;

/**
 * Severity, own time, host and a name of a JSON object, in one pass over its outermost keys; of several keys
 * that would do, the best one counts. Allocates nothing, never throws.
 */
export function peekJson({ body, bodyStart, bodyEnd }: Bounds, out: Peek): void {
	out.severity = info;
	let severity = none;
	let time = none;
	let host = none;
	let name = none;
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
		const place = placeOf(body, key, keyEnd, keys);
		if (place < 0) continue;
		if (place < timeAt) {
			const isNested = body[value] === openObject;
			if (place > severity || isNested !== (place === logAt)) continue;
			if (readSeverity(body, value, behind, out)) severity = place;
		} else if (place < hostAt) {
			if (place <= time && readAnyTime(body, value, behind, out)) time = place;
		} else if (place < nameAt) {
			if (place <= host && readHost(body, value, behind, out)) host = place;
		} else if (place <= name && readName(body, value, behind, out)) name = place;
	}
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
