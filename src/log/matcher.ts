import type { Criterion, Decoded } from '../core/criterion.ts';
import { rowKind } from '../core/format.ts';
import type { Bits } from './bits.ts';
import type { EventLog } from './event-log.ts';
import { LiteralScan } from './literal-scan.ts';
import { MemberScan } from './member-scan.ts';
import { narrowing } from './narrow.ts';
import type { Scan } from './scan.ts';
import { type Slab, slabRows } from './slab.ts';
import { Verdicts } from './verdicts.ts';

/** Decodes a row for the criteria that need it; undefined where its bytes cannot be read. */
export type Decode = (slab: Slab, row: number) => Decoded | undefined;

type RowTest = (slab: Slab, row: number) => boolean;

const rowNames = ['event', 'gap', 'broken', 'sensor'] as const;

/**
 * A filter over the log's rows. Columns decide first, each distinct tag and host is tested once, a literal is
 * looked for in whole runs of bodies at a time, and a body is decoded only where nothing cheaper decides.
 */
export class Matcher {
	readonly #log: EventLog;
	readonly #decode: Decode;
	readonly #test: RowTest;
	readonly #testOdd: RowTest;
	/** What every matching event must have in its bytes: the scan that leaves most rows untouched. */
	readonly #narrow: Scan | undefined;
	readonly #isLiteralAll: boolean;
	readonly #candidates = new Uint32Array(Math.ceil(slabRows / 32));

	constructor(log: EventLog, criterion: Criterion, forGaps: Criterion, decode: Decode) {
		this.#log = log;
		this.#decode = decode;
		this.#test = this.#compile(criterion);
		this.#testOdd = this.#compile(forGaps);
		this.#narrow = narrowing(criterion);
		this.#isLiteralAll = criterion.kind === 'literal';
	}

	/** Adds the matching rows of `slab` in [from, to) to `bits`; with `within`, only rows already there are looked at. */
	match(slab: Slab, from: number, to: number, bits: Bits, within?: Bits): void {
		if (slab.odd > 0) this.#matchOdd(slab, from, to, bits, within);
		if (this.#narrow && !within) {
			this.#matchNarrowed(this.#narrow, slab, from, to, bits);
			return;
		}
		for (let row = from; row < to; row++) {
			if (within && !within.has(row)) continue;
			if (isOdd(slab, row)) continue;
			if (this.#test(slab, row)) bits.add(row);
		}
	}

	/** Whether one row matches. */
	matches(slab: Slab, row: number): boolean {
		return isOdd(slab, row) ? this.#testOdd(slab, row) : this.#test(slab, row);
	}

	#matchOdd(slab: Slab, from: number, to: number, bits: Bits, within?: Bits): void {
		for (let row = from; row < to; row++) {
			if (!isOdd(slab, row) || (within && !within.has(row))) continue;
			if (this.#testOdd(slab, row)) bits.add(row);
		}
	}

	#matchNarrowed(scan: Scan, slab: Slab, from: number, to: number, bits: Bits): void {
		this.#candidates.fill(0, from >>> 5, ((to - 1) >>> 5) + 1);
		scan.mark(slab, from, to, this.#candidates);
		for (let word = from >>> 5; word * 32 < to; word++) {
			for (let left = this.#candidates[word] ?? 0; left !== 0; left &= left - 1) {
				const row = word * 32 + (31 - Math.clz32(left & -left));
				if (row < from || row >= to || isOdd(slab, row)) continue;
				if (this.#isLiteralAll || this.#test(slab, row)) bits.add(row);
			}
		}
	}

	#compile(criterion: Criterion): RowTest {
		switch (criterion.kind) {
			case 'all':
				return () => true;
			case 'none':
				return () => false;
			case 'and':
				return allOf(this.#inOrder(criterion.parts));
			case 'or':
				return anyOf(this.#inOrder(criterion.parts));
			case 'not': {
				const test = this.#compile(criterion.part);
				return (slab, row) => !test(slab, row);
			}
			case 'source':
				return byColumn(
					(slab, row) => slab.sources[row] ?? 0,
					(id) => criterion.test(this.#log.sources.name(id)),
				);
			case 'format':
				return byColumn(
					(slab, row) => slab.formats[row] ?? 0,
					(id) => criterion.test(this.#log.formats.name(id)),
				);
			case 'severity':
				return byColumn((slab, row) => slab.severities[row] ?? 0, criterion.test);
			case 'row':
				return (slab, row) => criterion.test(rowNames[slab.kind(row)] ?? 'event');
			case 'time':
				return inTime(criterion.from, criterion.until);
			case 'tag':
				return byTag(criterion.transportOnly, criterion.test);
			case 'host':
				return this.#byHost(criterion.test);
			case 'literal':
				return testOf(new LiteralScan(criterion, false));
			case 'text':
				return (slab, row) =>
					criterion.test(slab.tag(row).toString()) ||
					criterion.test(slab.bytes.toString('utf8', slab.start(row), slab.end(row)));
			case 'decoded':
				return this.#byData(criterion);
		}
	}

	#byData({ member, test }: Extract<Criterion, { kind: 'decoded' }>): RowTest {
		const mayMatch = member && testOf(new MemberScan(member));
		return (slab, row) => {
			if (mayMatch && !mayMatch(slab, row)) return false;
			const decoded = this.#decode(slab, row);
			return decoded !== undefined && test(decoded);
		};
	}

	#inOrder(parts: readonly Criterion[]): RowTest[] {
		return [...parts]
			.sort((one, other) => cost(one) - cost(other))
			.map((part) => this.#compile(part));
	}

	#byHost(test: (host: string) => boolean): RowTest {
		const known = new Verdicts((slab, id) => test(slab.hosts.get(id).toString()));
		return (slab, row) => {
			const id = slab.hostIds[row] ?? 0;
			if (id !== 0) return known.of(slab, id);
			const host = this.#decode(slab, row)?.facts.host;
			return host !== undefined && test(host);
		};
	}
}

function testOf(scan: Scan): RowTest {
	return (slab, row) => scan.test(slab, row);
}

function byTag(transportOnly: boolean, test: (tag: string) => boolean): RowTest {
	const known = new Verdicts((slab, id) => test(slab.tags.get(id).toString()));
	return (slab, row) =>
		(!transportOnly || slab.isTransportTag(row)) && known.of(slab, slab.tagIds[row] ?? 0);
}

function isOdd(slab: Slab, row: number): boolean {
	const kind = slab.kind(row);
	return kind === rowKind.gap || kind === rowKind.broken;
}

function byColumn(
	column: (slab: Slab, row: number) => number,
	test: (value: number) => boolean,
): RowTest {
	const known = new Uint8Array(256);
	return (slab, row) => {
		const value = column(slab, row);
		if (!known[value]) known[value] = test(value) ? 2 : 1;
		return known[value] === 2;
	};
}

function inTime(from: bigint | undefined, until: bigint | undefined): RowTest {
	const [fromSeconds, fromNanos] = parts(from ?? 0n);
	const [untilSeconds, untilNanos] = parts(until ?? 0xffff_ffffn * 1_000_000_000n);
	return (slab, row) => {
		const seconds = slab.seconds[row] ?? 0;
		const nanos = slab.nanos[row] ?? 0;
		if (seconds < fromSeconds || (seconds === fromSeconds && nanos < fromNanos)) return false;
		return seconds < untilSeconds || (seconds === untilSeconds && nanos <= untilNanos);
	};
}

function parts(nanoseconds: bigint): [seconds: number, nanos: number] {
	return [Number(nanoseconds / 1_000_000_000n), Number(nanoseconds % 1_000_000_000n)];
}

function allOf(tests: readonly RowTest[]): RowTest {
	return (slab, row) => {
		for (const test of tests) if (!test(slab, row)) return false;
		return true;
	};
}

function anyOf(tests: readonly RowTest[]): RowTest {
	return (slab, row) => {
		for (const test of tests) if (test(slab, row)) return true;
		return false;
	};
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

/** How dear a test is: columns, then tags, then bytes, then what must be decoded. */
function cost(criterion: Criterion): number {
	if (criterion.kind === 'not') return cost(criterion.part);
	if (criterion.kind !== 'and' && criterion.kind !== 'or') return costs[criterion.kind];
	return Math.max(costs[criterion.kind], ...criterion.parts.map(cost));
}
