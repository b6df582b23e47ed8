import type { Bounds } from '../../core/bounds.ts';
import { clearPeek, type Peek, rowKind } from '../../core/format.ts';
import { ascii, isAt } from '../bytes.ts';
import { readHost, readName } from '../json-peek.ts';
import {
	afterString,
	afterValue,
	firstKey,
	memberAt,
	nextKey,
	quoted,
	valueAfter,
} from '../json-scan.ts';
import { severityAt } from '../severity-words.ts';
import { readTime } from '../time.ts';
import { falcoKey, falcoKeyAt } from './keys.ts';

const [quote, openObject] = [0x22, 0x7b] as const;
const [err, warn, unknown] = [3, 4, 8] as const;

const internal = ascii('"Falco internal: ');
const drop = ascii('"Falco internal: syscall event drop"');
const silence = ascii('"Falco internal: timeouts notification"');
const capture = ascii('"Falco internal: capture size limit reached"');
const lostCalls = quoted('n_drops');

/** Severity, time, rule and host of Falco's line, of falcosidekick's payload, or of the event in an envelope. Allocates nothing, never throws. */
export function peekFalco({ body, bodyStart, bodyEnd }: Bounds, out: Peek): void {
	const inner = peekEvent(body, bodyStart, bodyEnd, out);
	if (inner < 0) return;
	clearPeek(out);
	peekEvent(body, inner, afterValue(body, inner, bodyEnd), out);
}

/** Where the event within an envelope begins, or -1 where there is no envelope. */
function peekEvent(bytes: Uint8Array, start: number, end: number, out: Peek): number {
	let rule = -1;
	let fields = -1;
	let inner = -1;
	let behind = start;
	let isEnvelope = false;
	for (let at = firstKey(bytes, start, end); at >= 0; at = nextKey(bytes, behind, end)) {
		const keyEnd = afterString(bytes, at, end);
		const value = valueAfter(bytes, keyEnd, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) {
			out.severity = err;
			return -1;
		}
		switch (falcoKeyAt(bytes, at, keyEnd)) {
			case falcoKey.rule:
				if (readName(bytes, value, behind, out)) rule = value;
				break;
			case falcoKey.priority:
				readPriority(bytes, value, behind, out);
				break;
			case falcoKey.time:
				if (bytes[value] === quote) readTime(bytes, value + 1, behind - 1, out);
				break;
			case falcoKey.hostname:
				readHost(bytes, value, behind, out);
				break;
			case falcoKey.output_fields:
				fields = value;
				break;
			case falcoKey.outputs:
			case falcoKey.specversion:
				isEnvelope = true;
				break;
			case falcoKey.event:
			case falcoKey.data:
				if (bytes[value] === openObject) inner = value;
		}
	}
	if (rule >= 0) readInternal(bytes, rule, fields, end, out);
	return isEnvelope ? inner : -1;
}

function readPriority(bytes: Uint8Array, value: number, behind: number, out: Peek): void {
	const isText = bytes[value] === quote;
	const rank = isText ? severityAt(bytes, value + 1, behind - 1) : severityAt(bytes, value, behind);
	out.severity = rank < 0 ? unknown : rank;
}

/** What Falco says about itself: dropped calls are blindness, and graver than the priority it gives them. */
function readInternal(
	bytes: Uint8Array,
	rule: number,
	fields: number,
	end: number,
	out: Peek,
): void {
	if (!isAt(bytes, rule, end, internal) || isAt(bytes, rule, end, capture)) return;
	out.kind = rowKind.sensor;
	if (isAt(bytes, rule, end, silence)) out.severity = warn;
	if (!isAt(bytes, rule, end, drop)) return;
	out.kind = rowKind.gap;
	out.severity = err;
	if (fields >= 0) out.lost = lostIn(bytes, fields, end);
}

/** The number of lost calls, which Falco sends as text; -1 where there is none. */
function lostIn(bytes: Uint8Array, fields: number, end: number): number {
	const fieldsEnd = afterValue(bytes, fields, end);
	const value = memberAt(bytes, fields, fieldsEnd, lostCalls);
	if (value < 0) return -1;
	const first = bytes[value] === quote ? value + 1 : value;
	let [at, lost] = [first, 0];
	for (; at < fieldsEnd; at += 1) {
		const digit = (bytes[at] ?? 0) - 0x30;
		if (digit < 0 || digit > 9) break;
		lost = lost * 10 + digit;
	}
	return at > first ? lost : -1;
}
