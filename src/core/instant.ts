const perSecond = 1_000_000_000n;

/** Nanoseconds since the epoch as RFC 3339 in UTC, with nine digits of a second. */
export function isoTime(nanoseconds: bigint): string {
	const seconds = nanoseconds / perSecond;
	const rest = String(nanoseconds % perSecond).padStart(9, '0');
	return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}

/** Milliseconds since the epoch as RFC 3339 in UTC, with three digits of a second. */
export function isoMs(ms: number): string {
	return new Date(ms).toISOString();
}
