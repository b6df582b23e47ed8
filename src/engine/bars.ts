import type { Bars } from '../core/session.ts';
import type { Bits } from '../log/bits.ts';
import type { Slab } from '../log/slab.ts';

/** Rows counted between two looks at the clock. */
const stepRows = 4096;
const worst = { crit: 2, err: 3, warn: 4 } as const;

/** Milliseconds since the epoch, a bar's length, and how many bars. */
export type Span = { readonly from: number; readonly bucketMs: number; readonly count: number };

/** How many matches each stretch of time has, by severity, counted in steps; the newest slab comes first. */
export function* barsOf(
	found: readonly { readonly slab: Slab; readonly bits: Bits }[],
	{ from, bucketMs, count }: Span,
): Generator<void, Bars> {
	const bars = { crit: zeros(count), err: zeros(count), warn: zeros(count) };
	for (const { slab, bits } of found) {
		const newest = slab.arrivedSeconds[slab.rows - 1];
		if (newest !== undefined && newest * 1000 < from) break;
		for (let first = 0; first < slab.rows; first += stepRows) {
			bits.each(first, Math.min(slab.rows, first + stepRows), (row) => {
				const bar = barFor(bars, slab.severities[row] ?? 8);
				const at = Math.floor(((slab.seconds[row] ?? 0) * 1000 - from) / bucketMs);
				if (bar && at >= 0 && at < count) bar[at] = (bar[at] ?? 0) + 1;
			});
			yield;
		}
	}
	return bars;
}

function zeros(count: number): number[] {
	return Array.from({ length: count }, () => 0);
}

function barFor<Bar>(bars: Record<keyof typeof worst, Bar>, severity: number): Bar | undefined {
	if (severity <= worst.crit) return bars.crit;
	if (severity === worst.err) return bars.err;
	return severity === worst.warn ? bars.warn : undefined;
}
