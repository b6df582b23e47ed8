import { Failure } from '../core/errors.ts';

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `15m`, `30s`, `500ms`, `2h`, `1d` in milliseconds; throws a Failure for anything else. */
export function durationMs(text: string): number {
	const [, number, unit] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
	if (number && unit) return Number(number) * unitMs[unit as keyof typeof unitMs];
	throw new Failure('usage', `${text}: a duration is a number and ms, s, m, h or d, as in 15m`);
}
