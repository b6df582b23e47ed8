import { Failure } from './errors.ts';

const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
};

/** Milliseconds of `500ms`, `15m`, `1h30m`, `2d`, `1w`; undefined for what is no duration. */
export function durationOf(text: string): number | undefined {
	if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/u.test(text)) return undefined;
	let sum = 0;
	for (const [, count, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/gu)) {
		sum += Number(count) * (units[unit] ?? 0);
	}
	return sum;
}

/** The same, where it must be one: throws a Failure for anything else. */
export function durationMs(text: string): number {
	const duration = durationOf(text);
	if (duration !== undefined) return duration;
	throw new Failure('usage', `${text}: a duration is numbers with ms, s, m, h, d or w, as in 15m`);
}
