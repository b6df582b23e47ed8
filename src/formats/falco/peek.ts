import type { Bounds } from '../../core/bounds.ts';
import { clearPeek, type Peek, rowKind } from '../../core/format.ts';
import { ascii, isAt, isWord } from '../bytes.ts';
import { readHost, readName } from '../json-peek.ts';
import { afterValue, firstKey, memberAt, nextKey, quoted, valueOfKey } from '../json-scan.ts';
import { severityAt } from '../severity-words.ts';
import { readTime } from '../time.ts';

const [quote, openObject] = [0x22, 0x7b] as const;
const [err, warn, unknown] = [3, 4, 8] as const;

const key = {
	rule: ascii('"rule"'),
	priority: ascii('"priority"'),
	time: ascii('"time"'),
	host: ascii('"hostname"'),
	fields: ascii('"output_fields"'),
	outputs: ascii('"outputs"'),
	event: ascii('"event"'),
	data: ascii('"data"'),
	version: ascii('"specversion"'),
};
const internal = ascii('"Falco internal: ');
const drop = ascii('"Falco internal: syscall event drop"');
const silence = ascii('"Falco internal: timeouts notification"');
const capture = ascii('"Falco internal: capture size limit reached"');
const [lostCalls] = quoted('n_drops');

/** Severity, time, rule and host of Falco's line, of falcosidekick's payload, or of the event in an envelope. Allocates nothing, never throws. */
export function peekFalco({ body, bodyStart, bodyEnd }: Bounds, out: Peek): void {
	const inner = peekEvent(body, bodyStart, bodyEnd, out);
	if (inner < 0) return;
	clearPeek(out);
	peekEvent(body, inner, afterValue(body, inner, bodyEnd), out);
}

/** Where the event within an envelope begins, or -1 where there is no envelope. */
function peekEvent(bytes: Uint8Array, start: number, end: number, out: Peek): number {
	let [rule, fields, inner, behind] = [-1, -1, -1, start];
	let isEnvelope = false;
	for (let at = firstKey(bytes, start, end); at >= 0; at = nextKey(bytes, behind, end)) {
		const value = valueOfKey(bytes, at, end);
		behind = value < 0 ? -1 : afterValue(bytes, value, end);
		if (behind < 0) {
			out.severity = err;
			return -1;
		}
		const isText = bytes[value] === quote;
		switch ((bytes[at + 1] ?? 0) | 0x20) {
			case 0x72:
				if (is(bytes, at, value, key.rule) && readName(bytes, value, behind, out)) rule = value;
				break;
			case 0x70:
				if (is(bytes, at, value, key.priority)) readPriority(bytes, value, behind, out);
				break;
			case 0x74:
				if (isText && is(bytes, at, value, key.time)) readTime(bytes, value + 1, behind - 1, out);
				break;
			case 0x68:
				if (is(bytes, at, value, key.host)) readHost(bytes, value, behind, out);
				break;
			case 0x6f:
				if (is(bytes, at, value, key.fields)) fields = value;
				else if (is(bytes, at, value, key.outputs)) isEnvelope = true;
				break;
			case 0x73:
				if (is(bytes, at, value, key.version)) isEnvelope = true;
				break;
			default:
				if (bytes[value] === openObject && isInner(bytes, at, value)) inner = value;
		}
	}
	if (rule >= 0) readInternal(bytes, rule, fields, end, out);
	return isEnvelope ? inner : -1;
}

function is(bytes: Uint8Array, at: number, value: number, name: Uint8Array): boolean {
	return at + name.length < value && isWord(bytes, at, at + name.length, name);
}

function isInner(bytes: Uint8Array, at: number, value: number): boolean {
	return is(bytes, at, value, key.event) || is(bytes, at, value, key.data);
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
	const value = lostCalls === undefined ? -1 : memberAt(bytes, fields, fieldsEnd, lostCalls);
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
