import type { Peek } from '../core/format.ts';
import { isDigit } from './bytes.ts';

const [dash, colon, dot, plus] = [0x2d, 0x3a, 0x2e, 0x2b];

/**
 * Reads `2026-11-21T09:30:10.123456789Z`, with any zone or none (then it is UTC), a blank for the `T` and any
 * number of digits behind the dot, into `out`; leaves `out` alone where the bytes say no such time.
 */
export function readTime(bytes: Uint8Array, start: number, end: number, out: Peek): void {
	const days = dayAt(bytes, start, end);
	const seconds = clockAt(bytes, start + 11, end);
	if (days < 0 || seconds < 0) return;
	const zoneAt = bytes[start + 19] === dot ? afterDigits(bytes, start + 20, end) : start + 19;
	const offset = zoneAtEnd(bytes, zoneAt, end);
	const since = days * 86_400 + seconds - offset;
	if (!(since >= 0)) return;
	out.seconds = since;
	out.nanos = nanosIn(bytes, start + 20, zoneAt);
}

/**
 * Reads seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by the number of
 * digits before the dot, into `out`; leaves `out` alone where the bytes are no such number.
 */
export function readEpoch(bytes: Uint8Array, start: number, end: number, out: Peek): void {
	const whole = afterDigits(bytes, start, end);
	const count = whole - start;
	if (count < 9 || count > 19) return;
	if (whole < end && (bytes[whole] !== dot || afterDigits(bytes, whole + 1, end) < end)) return;
	const unit = count > 17 ? 9 : count > 14 ? 6 : count > 11 ? 3 : 0;
	const secondsEnd = whole - unit;
	out.seconds = digits(bytes, start, secondsEnd);
	out.nanos = unit === 0 ? nanosIn(bytes, whole + 1, end) : nanosIn(bytes, secondsEnd, whole);
}

/** Days since the epoch at the date that begins at `at`, or -1. */
function dayAt(bytes: Uint8Array, at: number, end: number): number {
	const separator = bytes[at + 10] ?? 0;
	if (at + 19 > end || bytes[at + 4] !== dash || bytes[at + 7] !== dash) return -1;
	if (separator !== 0x20 && (separator | 0x20) !== 0x74) return -1;
	const century = two(bytes, at);
	const ofCentury = two(bytes, at + 2);
	const year = century * 100 + ofCentury;
	const month = two(bytes, at + 5);
	const day = two(bytes, at + 8);
	if (year < 1970 || ofCentury < 0) return -1;
	const isDate = month >= 1 && month <= 12 && day >= 1 && day <= 31;
	if (!isDate) return -1;
	return daysBefore(month < 3 ? year - 1 : year, month < 3 ? month + 9 : month - 3) + day;
}

/** Days from the epoch to the day before the first of a month, counted in years that begin in March. */
function daysBefore(year: number, month: number): number {
	const leapDays = ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0);
	return year * 365 + leapDays + (((153 * month + 2) / 5) | 0) - 719_469;
}

/** Seconds since midnight at the time that begins at `at`, or -1. */
function clockAt(bytes: Uint8Array, at: number, end: number): number {
	if (at + 8 > end || bytes[at + 2] !== colon || bytes[at + 5] !== colon) return -1;
	const hours = two(bytes, at);
	const minutes = two(bytes, at + 3);
	const seconds = two(bytes, at + 6);
	if (hours < 0 || minutes < 0 || seconds < 0) return -1;
	const isClock = hours <= 23 && minutes <= 59 && seconds <= 60;
	return isClock ? hours * 3600 + minutes * 60 + seconds : -1;
}

/** The seconds that the zone filling the rest is ahead of UTC; NaN where the rest is no zone. */
function zoneAtEnd(bytes: Uint8Array, at: number, end: number): number {
	const sign = bytes[at] ?? 0;
	if (at === end || (at + 1 === end && (sign | 0x20) === 0x7a)) return 0;
	if (sign !== plus && sign !== dash) return Number.NaN;
	const minutesAt = bytes[at + 3] === colon ? at + 4 : at + 3;
	const hasMinutes = at + 3 !== end;
	if (at + 3 > end || (hasMinutes && minutesAt + 2 !== end)) return Number.NaN;
	const hours = two(bytes, at + 1);
	const minutes = hasMinutes ? two(bytes, minutesAt) : 0;
	if (hours < 0 || minutes < 0) return Number.NaN;
	const ahead = hours * 3600 + minutes * 60;
	return sign === plus ? ahead : -ahead;
}

/** The number of two decimal digits; -1 where they are none. */
function two(bytes: Uint8Array, at: number): number {
	const tens = (bytes[at] ?? 0) - 0x30;
	const ones = (bytes[at + 1] ?? 0) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The number that decimal digits name. */
function digits(bytes: Uint8Array, start: number, end: number): number {
	let number = 0;
	for (let at = start; at < end; at += 1) number = number * 10 + (bytes[at] ?? 0x30) - 0x30;
	return number;
}

function afterDigits(bytes: Uint8Array, start: number, end: number): number {
	let at = start;
	while (at < end && isDigit(bytes[at])) at += 1;
	return at;
}

/** What the last of so many digits behind a decimal point stands for, in nanoseconds. */
const units: readonly number[] = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1];

/** The digits behind a decimal point as nanoseconds; what is finer is cut. */
function nanosIn(bytes: Uint8Array, start: number, end: number): number {
	if (end <= start) return 0;
	const stop = Math.min(end, start + 9);
	return digits(bytes, start, stop) * (units[stop - start] ?? 1);
}
