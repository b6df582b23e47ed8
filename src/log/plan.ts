import { Bits } from './bits.ts';
import type { Slab } from './slab.ts';

/** Takes out of `rows` those of [from, to) that it does not let pass: many rows at once. */
export type Sieve = (slab: Slab, from: number, to: number, rows: Bits) => void;

export type RowTest = (slab: Slab, row: number) => boolean;

/** How rows are found that match: a sieve lets a few too many pass, or, where there is no test, exactly those. */
export type Plan = { readonly sieve: Sieve; readonly test?: RowTest | undefined };

export const passAll: Sieve = () => {};
export const passNone: Sieve = (_, from, to, rows) => rows.clear(from, to);

/** Passes rows one by one. */
export function sieveBy(test: RowTest): Sieve {
	return (slab, from, to, rows) => rows.keep(from, to, (row) => test(slab, row));
}

/** First all sieves, then all tests, each in the order given. */
export function allOf(plans: readonly Plan[]): Plan {
	const tests = plans.flatMap(({ test }) => test ?? []);
	return {
		sieve(slab, from, to, rows) {
			for (const { sieve } of plans) sieve(slab, from, to, rows);
		},
		test: tests.length > 0 ? (slab, row) => tests.every((test) => test(slab, row)) : undefined,
	};
}

/** Each sieve sees only the rows that none before it let pass. */
export function anyOf(plans: readonly Plan[]): Plan {
	const [left, found] = [new Bits(), new Bits()];
	const passes = plans.map(oneByOne);
	return {
		sieve(slab, from, to, rows) {
			left.copy(rows, from, to);
			for (const { sieve } of plans) {
				found.copy(left, from, to);
				sieve(slab, from, to, found);
				left.removeAll(found, from, to);
			}
			rows.removeAll(left, from, to);
		},
		test: plans.some(({ test }) => test)
			? (slab, row) => passes.some((pass) => pass(slab, row))
			: undefined,
	};
}

export function noneOf(plan: Plan): Plan {
	const found = new Bits();
	return {
		sieve(slab, from, to, rows) {
			found.copy(rows, from, to);
			carryOut(plan, slab, from, to, found);
			rows.removeAll(found, from, to);
		},
	};
}

/** Carries out a plan on the rows given. */
export function carryOut(
	{ sieve, test }: Plan,
	slab: Slab,
	from: number,
	to: number,
	rows: Bits,
): void {
	sieve(slab, from, to, rows);
	if (test) rows.keep(from, to, (row) => test(slab, row));
}

/** The whole plan as a test of one row. */
export function oneByOne(plan: Plan): RowTest {
	const rows = new Bits();
	return (slab, row) => {
		rows.fill(row, row + 1);
		carryOut(plan, slab, row, row + 1, rows);
		return rows.has(row);
	};
}
