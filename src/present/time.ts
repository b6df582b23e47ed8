import { span } from '../core/ago.ts';

/** How times are shown: on this machine's clock, in UTC, or as an age. */
export type TimeFormat = 'local' | 'utc' | 'relative';

/** Milliseconds of a time in nanoseconds since the epoch. */
export function milliseconds(nanoseconds: bigint): number {
	return Number(nanoseconds / 1_000_000n);
}

/** `03:06:12`, or the age; at most 8 columns. `at` and `now` are milliseconds since the epoch. */
export function clockTime(at: number, format: TimeFormat, now: number): string {
	if (format === 'relative') return span(now - at);
	return stamp(at, format).slice(11, 19);
}

/** `11-21 03:06:12`, or the age. */
export function dayTime(at: number, format: TimeFormat, now: number): string {
	if (format === 'relative') return span(now - at);
	return stamp(at, format).slice(5, 19).replace('T', ' ');
}

/** The whole time to the nanosecond, as far as it is known: `2026-11-21 03:06:12.118843`. */
export function fullTime(nanoseconds: bigint, format: TimeFormat): string {
	const day = stamp(milliseconds(nanoseconds), format === 'utc' ? 'utc' : 'local');
	const fraction = String(((nanoseconds % BILLION) + BILLION) % BILLION).padStart(9, '0');
	const digits = fraction.replace(/0{3,6}$/, '');
	return `${day.slice(0, 19).replace('T', ' ')}${digits === '' ? '' : `.${digits}`}`;
}

/** The zone that times are shown in: `UTC`, `UTC+2`, or `ago` for ages. */
export function zoneName(format: TimeFormat, now: number): string {
	if (format === 'relative') return 'ago';
	const minutes = format === 'utc' ? 0 : -new Date(now).getTimezoneOffset();
	if (minutes === 0) return 'UTC';
	const whole = Math.floor(Math.abs(minutes) / 60);
	const rest = Math.abs(minutes) % 60;
	return `UTC${minutes < 0 ? '-' : '+'}${whole}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

const BILLION = 1_000_000_000n;

/** ISO 8601 without a zone; a time that no calendar holds stays what it is. */
function stamp(at: number, format: 'local' | 'utc'): string {
	const shift = format === 'utc' ? 0 : new Date(at).getTimezoneOffset() * 60_000;
	const date = new Date(at - shift);
	return Number.isNaN(date.getTime()) ? '????-??-??T??:??:??' : date.toISOString();
}
