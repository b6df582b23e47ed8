/** One figure: what is measured, the goal, and the measuring. Printed side by side with what it is compared to. */
export type Figure = {
	readonly name: string;
	readonly says: string;
	readonly goal: string;
	/** Rows of the print: a label, ours, the other's, and the ratio that the goal speaks of. */
	measure(): Promise<readonly Measured[]>;
};

export type Measured = {
	readonly what: string;
	readonly ours: string;
	readonly other: string;
	readonly ratio: string;
	/** Absent on a row that is told for comparison only. */
	readonly verdict?: Verdict;
};

/** What a row should be, and whether it is; `isMet` is absent where it cannot be measured here. */
export type Verdict = { readonly goal: string; readonly isMet?: boolean };

export function atLeast(goal: number, ratio: number): Verdict {
	return { goal: `≥ ${goal}×`, isMet: ratio >= goal };
}

export function atMost(goal: number, ratio: number): Verdict {
	return { goal: `≤ ${goal}×`, isMet: ratio <= goal };
}

/** For what would be compared with a program that is not installed. */
export function notHere(goal: number): Verdict {
	return { goal: `≤ ${goal}×` };
}

/** Milliseconds that one run takes. */
export async function timed(run: () => unknown): Promise<number> {
	const from = performance.now();
	await run();
	return performance.now() - from;
}

/**
 * The medians of two runs, taken in turn so that a machine that slows down slows both. The first pair warms up
 * and is not counted; `between` runs after each pair, outside the clock.
 */
export function paired(
	ours: () => unknown,
	other: () => unknown,
	rounds = 5,
	between: () => void = () => {},
): Promise<Paired> {
	return pairedTimes(
		() => timed(ours),
		() => timed(other),
		rounds,
		between,
	);
}

export type Paired = readonly [ours: number, other: number, ratio: number];

/** The same for runs that tell themselves how many milliseconds they took. */
export async function pairedTimes(
	ours: () => Promise<number>,
	other: () => Promise<number>,
	rounds: number,
	between: () => void = () => {},
): Promise<Paired> {
	const pairs: [number, number][] = [];
	for (let round = 0; round <= rounds; round++) {
		const pair: [number, number] = [await ours(), await other()];
		if (round > 0) pairs.push(pair);
		between();
	}
	return [
		median(pairs.map(([one]) => one)),
		median(pairs.map(([, two]) => two)),
		median(pairs.map(([one, two]) => one / two)),
	];
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value below which 99 of 100 lie. */
export function p99(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

export function perSecond(count: number, ms: number): string {
	return `${Math.round(count / ms).toLocaleString('en')} k/s`;
}

export function ms(value: number): string {
	return value < 10 ? `${value.toFixed(2)} ms` : `${Math.round(value).toLocaleString('en')} ms`;
}
