import type { Criterion, Decoded } from '../core/criterion.ts';
import { rowKind } from '../core/format.ts';
import { Bits } from './bits.ts';
import { literalSieve, memberSieve, spelledSieve } from './byte-sieve.ts';
import { columnSieve, hostSieve, tagSieve, timeSieve } from './column-sieve.ts';
import type { EventLog } from './event-log.ts';
import {
	allOf,
	anyOf,
	carryOut,
	noneOf,
	oneByOne,
	type Plan,
	passAll,
	passNone,
	type RowTest,
	type Sieve,
} from './plan.ts';
import type { Slab } from './slab.ts';

/** Decodes a row for the criteria that need it; undefined where its bytes cannot be read. */
export type Decode = (slab: Slab, row: number) => Decoded | undefined;

const rowNames = ['event', 'gap', 'broken', 'sensor'] as const;

/**
 * A filter over the log's rows. Columns decide first, each distinct tag and host is tested once, a literal is
 * looked for in whole runs of bodies at a time, and a body is decoded only where nothing cheaper decides.
 */
export class Matcher {
	readonly #log: EventLog;
	readonly #decode: Decode;
	readonly #plan: Plan;
	readonly #planForOdd: Plan;
	readonly #matches: RowTest;
	readonly #matchesOdd: RowTest;
	readonly #rows = new Bits();
	readonly #odd = new Bits();

	constructor(log: EventLog, criterion: Criterion, forGaps: Criterion, decode: Decode) {
		this.#log = log;
		this.#decode = decode;
		this.#plan = this.#planOf(criterion);
		this.#planForOdd = this.#planOf(forGaps);
		this.#matches = oneByOne(this.#plan);
		this.#matchesOdd = oneByOne(this.#planForOdd);
	}

	/** Adds the matching rows of `slab` in [from, to) to `bits`; with `within`, only rows already there are looked at. */
	match(slab: Slab, from: number, to: number, bits: Bits, within?: Bits): void {
		const rows = this.#rows;
		if (within) rows.copy(within, from, to);
		else rows.fill(from, to);
		if (slab.odd > 0) this.#matchOdd(slab, from, to, bits);
		carryOut(this.#plan, slab, from, to, rows);
		bits.addAll(rows, from, to);
	}

	/** Whether one row matches. */
	matches(slab: Slab, row: number): boolean {
		return isOdd(slab, row) ? this.#matchesOdd(slab, row) : this.#matches(slab, row);
	}

	/** Matches the odd ones of `#rows` and takes them out. */
	#matchOdd(slab: Slab, from: number, to: number, bits: Bits): void {
		const odd = this.#odd;
		odd.copy(this.#rows, from, to);
		odd.keep(from, to, (row) => isOdd(slab, row));
		this.#rows.removeAll(odd, from, to);
		carryOut(this.#planForOdd, slab, from, to, odd);
		bits.addAll(odd, from, to);
	}

	#planOf(criterion: Criterion): Plan {
		const { search } = this.#log;
		switch (criterion.kind) {
			case 'all':
				return { sieve: passAll };
			case 'none':
				return { sieve: passNone };
			case 'and':
				return allOf(this.#inOrder(criterion.parts));
			case 'or':
				return anyOf(this.#inOrder(criterion.parts));
			case 'not':
				return noneOf(this.#planOf(criterion.part));
			case 'literal':
				return { sieve: literalSieve(search, criterion) };
			case 'text': {
				const { literal, test } = criterion;
				return { sieve: literal ? literalSieve(search, literal) : passAll, test: byText(test) };
			}
			case 'decoded':
				return this.#dataPlan(criterion);
			case 'host':
				return this.#hostPlan(criterion.test);
			default:
				return { sieve: this.#columnSieve(criterion) };
		}
	}

	#columnSieve(criterion: ColumnCriterion): Sieve {
		switch (criterion.kind) {
			case 'source':
				return columnSieve(
					({ sources }) => sources,
					(id) => criterion.test(this.#log.sources.name(id)),
				);
			case 'format':
				return columnSieve(
					({ formats }) => formats,
					(id) => criterion.test(this.#log.formats.name(id)),
				);
			case 'severity':
				return columnSieve(({ severities }) => severities, criterion.test);
			case 'row':
				return columnSieve(
					({ kinds }) => kinds,
					(kind) => criterion.test(rowNames[kind] ?? 'event'),
				);
			case 'time':
				return timeSieve(criterion.from, criterion.until);
			case 'tag':
				return tagSieve(criterion.transportOnly, criterion.test);
		}
	}

	#dataPlan({ member, literal, test }: Extract<Criterion, { kind: 'decoded' }>): Plan {
		const { search } = this.#log;
		const spelled = literal ? spelledSieve(search, literal) : passAll;
		return {
			sieve: member ? memberSieve(search, member) : spelled,
			test: (slab, row) => {
				const decoded = this.#decode(slab, row);
				return decoded !== undefined && test(decoded);
			},
		};
	}

	/** Where `peek` found no host, only the decoded facts tell. */
	#hostPlan(test: (host: string) => boolean): Plan {
		return {
			sieve: hostSieve(test),
			test: (slab, row) => {
				if (slab.hostIds[row] !== 0) return true;
				const host = this.#decode(slab, row)?.facts.host;
				return host !== undefined && test(host);
			},
		};
	}

	#inOrder(parts: readonly Criterion[]): Plan[] {
		return [...parts]
			.sort((one, other) => cost(one) - cost(other))
			.map((part) => this.#planOf(part));
	}
}

type ColumnCriterion = Extract<
	Criterion,
	{ kind: 'source' | 'format' | 'severity' | 'row' | 'time' | 'tag' }
>;

function isOdd(slab: Slab, row: number): boolean {
	const kind = slab.kind(row);
	return kind === rowKind.gap || kind === rowKind.broken;
}

function byText(test: (text: string) => boolean): RowTest {
	return (slab, row) =>
		test(slab.tag(row).toString()) ||
		test(slab.bytes.toString('utf8', slab.start(row), slab.end(row)));
}

const costs = {
	all: 0,
	none: 0,
	source: 1,
	format: 1,
	row: 1,
	severity: 1,
	time: 1,
	host: 2,
	tag: 2,
	and: 3,
	or: 3,
	not: 3,
	literal: 4,
	text: 6,
	decoded: 7,
} as const satisfies Record<Criterion['kind'], number>;

/** How dear a test is: columns, then tags, then bytes, then what must be decoded; of two literals, the shorter one. */
function cost(criterion: Criterion): number {
	if (criterion.kind === 'not') return cost(criterion.part);
	if (criterion.kind === 'literal') return costs.literal + 1 / (criterion.bytes.length + 1);
	if (criterion.kind !== 'and' && criterion.kind !== 'or') return costs[criterion.kind];
	return Math.max(costs[criterion.kind], ...criterion.parts.map(cost));
}
