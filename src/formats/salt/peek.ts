import { skipValue, uint16 } from '../../codec/msgpack-scan.ts';
import type { Bounds } from '../../core/bounds.ts';
import { type Peek, sliceIn } from '../../core/format.ts';
import { ascii, isAt } from '../bytes.ts';
import { readTime } from '../time.ts';
import { type Family, familyAt, hasHostInBody } from './family.ts';
import { hasOutcome, isFalse, isNonZero, skipReturn, stateDepth } from './outcome.ts';
import { afterKey, afterValue, firstPair, pairsAt, textAt } from './scan.ts';
import { severityIn, usualSeverity } from './severity.ts';

const stamp = ascii('\xa6_stamp');
const id = ascii('\xa2id');
const payload = ascii('\xa4data');
const minionEvent = ascii('\xa3cmd\xad_minion_event');
const success = ascii('\xa7success');
const retcode = ascii('\xa7retcode');
const returned = ascii('\xa6return');
/** Header and first letter of each key: one number tells nearly all keys apart. */
const [stampHead, idHead, dataHead, cmdHead] = [0xa65f, 0xa269, 0xa464, 0xa363] as const;
const [successHead, retcodeHead, returnHead] = [0xa773, 0xa772, 0xa672] as const;
/** What nearly every return says, known from one byte. */
const [yes, zero] = [0xc3, 0x00] as const;
const err = 3;

/** Severity, own time and host of a Salt event, in one pass over its outermost map. Allocates nothing, never throws. */
export function peekSalt(at: Bounds, out: Peek): void {
	const family = familyAt(at.tag, at.tagStart, at.tagEnd, out);
	out.severity = usualSeverity(family);
	const behind = readBody(at.body, at.bodyStart, at.bodyEnd, family, out);
	if (behind !== at.bodyEnd) out.severity = err;
}

/** The index behind the value at `start`, or -1 where the bytes do not hold it whole. */
function readBody(
	bytes: Uint8Array,
	start: number,
	end: number,
	family: Family,
	out: Peek,
): number {
	if (pairsAt(bytes, start) < 0) return skipValue(bytes, start, end);
	return hasOutcome(family)
		? readReturn(bytes, start, end, family, out)
		: readOther(bytes, start, end, family, out);
}

/** What tells how a job ended. */
function readReturn(
	bytes: Uint8Array,
	start: number,
	end: number,
	family: Family,
	out: Peek,
): number {
	let at = firstPair(bytes, start);
	let hostAt = -1;
	let isEnvelope = false;
	for (let pairs = pairsAt(bytes, start); pairs > 0; pairs -= 1) {
		const value = afterKey(bytes, at, end);
		if (value < 0) return -1;
		const head = uint16(bytes, at);
		const next =
			head === returnHead && isAt(bytes, at, end, returned)
				? skipReturn(bytes, value, end, out, stateDepth)
				: afterValue(bytes, value, end);
		if (next < 0) return -1;
		switch (head) {
			case stampHead:
				if (isAt(bytes, at, end, stamp)) readStamp(bytes, value, next, out);
				break;
			case successHead:
				if (bytes[value] === yes || !isAt(bytes, at, end, success)) break;
				if (isFalse(bytes, value, next)) out.severity = err;
				break;
			case retcodeHead:
				if (bytes[value] === zero || !isAt(bytes, at, end, retcode)) break;
				if (isNonZero(bytes, value, next)) out.severity = err;
				break;
			case idHead:
				if (isAt(bytes, at, end, id)) hostAt = value;
				break;
			case cmdHead:
				if (isAt(bytes, at, end, minionEvent)) isEnvelope = true;
		}
		at = next;
	}
	if (isEnvelope || hasHostInBody(family)) readHost(bytes, hostAt, end, out);
	return at;
}

/** What a minion or the master says: its severity stands in the payload, its minion in the envelope. */
function readOther(
	bytes: Uint8Array,
	start: number,
	end: number,
	family: Family,
	out: Peek,
): number {
	let at = firstPair(bytes, start);
	let hostAt = -1;
	let payloadAt = -1;
	let isEnvelope = false;
	for (let pairs = pairsAt(bytes, start); pairs > 0; pairs -= 1) {
		const value = afterKey(bytes, at, end);
		const next = value < 0 ? -1 : afterValue(bytes, value, end);
		if (next < 0) return -1;
		switch (uint16(bytes, at)) {
			case stampHead:
				if (isAt(bytes, at, end, stamp)) readStamp(bytes, value, next, out);
				break;
			case idHead:
				if (isAt(bytes, at, end, id)) hostAt = value;
				break;
			case dataHead:
				if (isAt(bytes, at, end, payload)) payloadAt = value;
				break;
			case cmdHead:
				if (isAt(bytes, at, end, minionEvent)) isEnvelope = true;
		}
		at = next;
	}
	if (isEnvelope || hasHostInBody(family)) readHost(bytes, hostAt, end, out);
	const severity = severityIn(bytes, isEnvelope ? payloadAt : start, end, family);
	if (severity >= 0) out.severity = severity;
	return at;
}

function readStamp(bytes: Uint8Array, value: number, next: number, out: Peek): void {
	const text = textAt(bytes, value);
	if (text >= 0) readTime(bytes, text, next, out);
}

function readHost(bytes: Uint8Array, value: number, end: number, out: Peek): void {
	const text = value < 0 ? -1 : textAt(bytes, value);
	const behind = text < 0 ? -1 : afterValue(bytes, value, end);
	if (behind <= text) return;
	out.hostIn = sliceIn.body;
	out.hostStart = text;
	out.hostEnd = behind;
}
