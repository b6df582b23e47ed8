import type { Bounds } from '../../core/bounds.ts';
import { ascii, isAt } from '../bytes.ts';
import { afterValue, firstKey, nextKey, placeOf, quoted, valueOfKey } from '../json-scan.ts';

const keys = quoted(
	'rule',
	'priority',
	'output',
	'output_fields',
	'uuid',
	'message',
	'Rule',
	'Priority',
	'Output',
);
/** What each of those keys shows: bits that must come together. */
const shows = [1, 2, 4, 4, 4, 4, 1, 2, 4];
const whole = 7;
const carriers = quoted('event', 'data');
const types = quoted('type');
const falcoType = ascii('"falco.rule.output');

/** Falco by its `rule` and `priority` beside a text or fields, at the outside or within an envelope; or by CloudEvents' type. */
export function isFalco({ body, bodyStart, bodyEnd }: Bounds): boolean {
	return looksLikeFalco(body, bodyStart, bodyEnd, true);
}

function looksLikeFalco(bytes: Uint8Array, start: number, end: number, mayCarry: boolean): boolean {
	let [seen, behind] = [0, start];
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const value = valueOfKey(bytes, key, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return false;
		seen |= shows[placeOf(bytes, key, value, keys)] ?? 0;
		if (seen === whole) return true;
		if (!mayCarry) continue;
		if (placeOf(bytes, key, value, types) === 0 && isAt(bytes, value, end, falcoType)) return true;
		const carries = placeOf(bytes, key, value, carriers) >= 0;
		if (carries && looksLikeFalco(bytes, value, behind, false)) return true;
	}
	return false;
}
