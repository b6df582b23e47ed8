import { skipValue } from '../../codec/msgpack-scan.ts';
import type { Severity } from '../../core/severity.ts';
import { ascii, isAt, isWord } from '../bytes.ts';
import { severityAt, syslogRank } from '../severity-words.ts';
import type { Family } from './family.ts';
import { afterKey, firstPair, numberAt, pairsAt, textAt, valueUnder } from './scan.ts';

const [err, warn, notice, info, debug] = [3, 4, 5, 6, 7] as const;

/** What an event is worth when nothing in it says otherwise. */
export function usualSeverity(family: Family): Severity {
	switch (family) {
		case 'beacon':
		case 'hook':
		case 'custom':
			return notice;
		case 'stats':
		case 'client':
		case 'internal':
			return debug;
		default:
			return info;
	}
}

/** The severity that the map at `at` gives an event of this family, or -1. Allocates nothing. */
export function severityIn(bytes: Uint8Array, at: number, end: number, family: Family): number {
	if (at < 0 || pairsAt(bytes, at) < 0) return -1;
	switch (family) {
		case 'custom':
			return namedSeverity(bytes, at, end);
		case 'beacon':
			return isBeyond(bytes, at, end) ? warn : namedSeverity(bytes, at, end);
		case 'auth':
		case 'key':
			return isRefusal(bytes, at, end) ? warn : -1;
		case 'presence':
			return isEmpty(bytes, valueUnder(bytes, at, end, key.lost)) ? -1 : warn;
		case 'progress':
		case 'state-result':
			return isFailedState(bytes, at, end) ? err : -1;
		default:
			return -1;
	}
}

const key = {
	severity: ascii('\xa8severity'),
	level: ascii('\xa5level'),
	priority: ascii('\xa8priority'),
	result: ascii('\xa6result'),
	act: ascii('\xa3act'),
	lost: ascii('\xa4lost'),
	ret: ascii('\xa3ret'),
	running: ascii('\xa7running'),
	memory: ascii('\xa8memusage'),
	disk: ascii('\xa9diskusage'),
	swap: ascii('\xa9swapusage'),
	load: ascii('\xa21m'),
};

/** The first of severity, level and priority that names one. */
function namedSeverity(bytes: Uint8Array, at: number, end: number): number {
	const severity = severityOfValue(bytes, valueUnder(bytes, at, end, key.severity), end);
	if (severity >= 0) return severity;
	const level = severityOfValue(bytes, valueUnder(bytes, at, end, key.level), end);
	if (level >= 0) return level;
	return severityOfValue(bytes, valueUnder(bytes, at, end, key.priority), end);
}

function severityOfValue(bytes: Uint8Array, at: number, end: number): number {
	if (at < 0) return -1;
	const text = textAt(bytes, at);
	return text < 0
		? syslogRank(numberAt(bytes, at))
		: severityAt(bytes, text, skipValue(bytes, at, end));
}

const rejected = ascii('reject');
const denied = ascii('denied');

function isRefusal(bytes: Uint8Array, at: number, end: number): boolean {
	const result = valueUnder(bytes, at, end, key.result);
	if (bytes[result] === 0xc2) return true;
	const act = valueUnder(bytes, at, end, key.act);
	const text = act < 0 ? -1 : textAt(bytes, act);
	if (text < 0) return false;
	const behind = skipValue(bytes, act, end);
	return isWord(bytes, text, behind, rejected) || isWord(bytes, text, behind, denied);
}

/** Whether there is nothing, or a list without elements, at `at`. */
function isEmpty(bytes: Uint8Array, at: number): boolean {
	const first = bytes[at] ?? 0;
	return at < 0 || first === 0x90 || first === 0xc0;
}

function isFailedState(bytes: Uint8Array, at: number, end: number): boolean {
	const state = valueUnder(bytes, at, end, key.ret);
	return state >= 0 && bytes[valueUnder(bytes, state, end, key.result)] === 0xc2;
}

/**
 * A beacon does not say its thresholds, so these are ours: 90 % of memory, disk or swap, a load of 10, a
 * process or a service that does not run.
 */
const fullPercent = 90;
const highLoad = 10;
const stopped = ascii('\xa7Stopped');

function isBeyond(bytes: Uint8Array, at: number, end: number): boolean {
	let next = firstPair(bytes, at);
	for (let pairs = pairsAt(bytes, at); pairs > 0; pairs -= 1) {
		const value = afterKey(bytes, next, end);
		if (value < 0) return false;
		if (isBeyondAlone(bytes, next, value, end)) return true;
		next = skipValue(bytes, value, end);
		if (next < 0) return false;
	}
	return false;
}

function isBeyondAlone(bytes: Uint8Array, at: number, value: number, end: number): boolean {
	if (isAt(bytes, at, end, key.load)) return numberAt(bytes, value) >= highLoad;
	if (
		isAt(bytes, at, end, key.memory) ||
		isAt(bytes, at, end, key.disk) ||
		isAt(bytes, at, end, key.swap)
	) {
		return numberAt(bytes, value) >= fullPercent;
	}
	if (pairsAt(bytes, value) < 0) return isAt(bytes, value, end, stopped);
	return bytes[valueUnder(bytes, value, end, key.running)] === 0xc2;
}
