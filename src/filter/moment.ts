import { durationOf } from '../core/duration.ts';

const clockPattern = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/u;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/u;
const stampPattern =
	/^(\d{4}-\d{2}-\d{2})[Tt ]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?$/u;

const nanosOfMs = 1_000_000n;

/** A time as a span of nanoseconds since the epoch, both ends inclusive: all of the day, minute or second that was named. */
export type Moment = { readonly from: bigint; readonly until: bigint };

/**
 * The time a text names: a duration before `now` (milliseconds since the epoch), a clock time (the latest such,
 * in local time), a date, or RFC 3339 (local time where it names no zone). Undefined for what is none.
 */
export function momentOf(text: string, now: number): Moment | undefined {
	const duration = durationOf(text);
	if (duration !== undefined) return span(toNanos(now - duration), nanosOfMs);
	return clockTime(text, now) ?? calendarDay(text) ?? stamp(text);
}

/** Whether the time a text names moves with the clock. */
export function isRelative(text: string): boolean {
	return durationOf(text) !== undefined || clockPattern.test(text);
}

function toNanos(ms: number): bigint {
	return BigInt(Math.round(ms)) * nanosOfMs;
}

function span(from: bigint, nanos: bigint): Moment {
	return { from, until: from + nanos - 1n };
}

/** `03:10` is all of that minute, `03:10:05` that second. */
function clockTime(text: string, now: number): Moment | undefined {
	const [, hour, minute, second] = clockPattern.exec(text) ?? [];
	if (Number(hour ?? 99) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
	const date = new Date(now);
	date.setHours(Number(hour), Number(minute), Number(second ?? 0), 0);
	if (date.getTime() > now) date.setDate(date.getDate() - 1);
	return span(toNanos(date.getTime()), (second === undefined ? 60_000n : 1000n) * nanosOfMs);
}

function calendarDay(text: string): Moment | undefined {
	const [, year, month, day] = datePattern.exec(text) ?? [];
	if (day === undefined) return undefined;
	const start = new Date(Number(year), Number(month) - 1, Number(day));
	if (start.getDate() !== Number(day) || start.getMonth() !== Number(month) - 1) return undefined;
	const end = new Date(Number(year), Number(month) - 1, Number(day) + 1);
	return span(toNanos(start.getTime()), toNanos(end.getTime()) - toNanos(start.getTime()));
}

function stamp(text: string): Moment | undefined {
	const [, date, minutes, seconds, fraction = '', zone = ''] = stampPattern.exec(text) ?? [];
	if (date === undefined || calendarDay(date) === undefined) return undefined;
	const ms = Date.parse(`${date}T${minutes}:${seconds ?? '00'}${zone.toUpperCase()}`);
	if (Number.isNaN(ms)) return undefined;
	const size = seconds === undefined ? 60_000n * nanosOfMs : 10n ** BigInt(9 - fraction.length);
	return span(toNanos(ms) + BigInt(fraction.padEnd(9, '0')), size);
}
