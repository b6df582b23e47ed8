import type { Bars } from '../core/session.ts';

/** How long a bar may be, in milliseconds; `{` and `}` step through them. */
export const bucketSizes: readonly number[] = [
	1000, 5000, 15_000, 60_000, 300_000, 900_000, 3_600_000,
];

/** How often what is severe happened lately. */
export type BarsState = {
	readonly bucketMs: number;
	/** How often they were asked for: the number of the last question. */
	readonly asked: number;
	/** The question that is not answered yet, and when its bars begin. */
	readonly request?: { readonly id: number; readonly from: number };
	/** Milliseconds since the epoch when the first of the bars begins, and how long each is. */
	readonly shown?: { readonly from: number; readonly bucketMs: number; readonly bars: Bars };
};
