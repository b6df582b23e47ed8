import type { Bounds } from '../../core/bounds.ts';
import { ascii, isAt } from '../bytes.ts';
import { afterString, afterValue, firstKey, nextKey, valueAfter } from '../json-scan.ts';
import { falcoKey, falcoKeyAt } from './keys.ts';

const falcoType = ascii('"falco.rule.output');
/** What a key shows: a rule, a priority, and one of what else an event of Falco's has. */
const [rule, priority, more] = [1, 2, 4] as const;
const all = rule | priority | more;

/** Falco by its `rule` and `priority` beside a text or fields, at the outside or within an envelope; or by CloudEvents' type. */
export function isFalco({ body, bodyStart, bodyEnd }: Bounds): boolean {
	return looksLikeFalco(body, bodyStart, bodyEnd, true);
}

function looksLikeFalco(bytes: Uint8Array, start: number, end: number, mayCarry: boolean): boolean {
	let seen = 0;
	let behind = start;
	for (let key = firstKey(bytes, start, end); key >= 0; key = nextKey(bytes, behind, end)) {
		const keyEnd = afterString(bytes, key, end);
		const value = valueAfter(bytes, keyEnd, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) return false;
		const found = falcoKeyAt(bytes, key, keyEnd);
		seen |= shownBy(found);
		if (seen === all) return true;
		if (!mayCarry) continue;
		if (found === falcoKey.type && isAt(bytes, value, end, falcoType)) return true;
		const isCarrier = found === falcoKey.event || found === falcoKey.data;
		if (isCarrier && looksLikeFalco(bytes, value, behind, false)) return true;
	}
	return false;
}

function shownBy(key: number): number {
	switch (key) {
		case falcoKey.rule:
			return rule;
		case falcoKey.priority:
			return priority;
		case falcoKey.output:
		case falcoKey.output_fields:
		case falcoKey.uuid:
		case falcoKey.message:
			return more;
		default:
			return 0;
	}
}
