import type { Criterion, Decoded, Needle } from '../core/criterion.ts';
import { rowKind } from '../core/format.ts';
import type { Bits } from './bits.ts';
import type { EventLog } from './event-log.ts';
import { type Search, searchFor } from './search.ts';
import { type Slab, slabRows } from './slab.ts';

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
	/** A literal every matching event must hold in its tag or body: the scan that leaves most rows untouched. */
	readonly #narrow: LiteralScan | undefined;
	readonly #isLiteralAll: boolean;
	readonly #candidates = new Uint32Array(Math.ceil(slabRows / 32));

	constructor(log: EventLog, criterion: Criterion, forGaps: Criterion, decode: Decode) {
		this.#log = log;
		this.#decode = decode;
		this.#test = this.#compile(criterion);
		this.#testOdd = this.#compile(forGaps);
		const clue = clueOf(criterion);
		this.#narrow = clue && new LiteralScan(clue);
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

	#matchNarrowed(scan: LiteralScan, slab: Slab, from: number, to: number, bits: Bits): void {
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
				return new LiteralScan({ needle: criterion, mayBeEscaped: false }).test;
			case 'text':
				return (slab, row) =>
					criterion.test(slab.tag(row).toString()) ||
					criterion.test(slab.bytes.toString('utf8', slab.start(row), slab.end(row)));
			case 'decoded':
				return (slab, row) => {
					const decoded = this.#decode(slab, row);
					return decoded !== undefined && criterion.test(decoded);
				};
		}
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

function byTag(transportOnly: boolean, test: (tag: string) => boolean): RowTest {
	const known = new Verdicts((slab, id) => test(slab.tags.get(id).toString()));
	return (slab, row) =>
		(!transportOnly || slab.isTransportTag(row)) && known.of(slab, slab.tagIds[row] ?? 0);
}

/** What a test said of each distinct string of a slab: asked once. */
class Verdicts {
	readonly #test: (slab: Slab, id: number) => boolean;
	readonly #known = new WeakMap<Slab, Uint8Array<ArrayBuffer>>();
	#slab: Slab | undefined;
	#ofSlab = new Uint8Array(0);

	constructor(test: (slab: Slab, id: number) => boolean) {
		this.#test = test;
	}

	of(slab: Slab, id: number): boolean {
		if (slab !== this.#slab || id >= this.#ofSlab.length) this.#turnTo(slab, id);
		const known = this.#ofSlab[id];
		if (known) return known === 2;
		const verdict = this.#test(slab, id);
		this.#ofSlab[id] = verdict ? 2 : 1;
		return verdict;
	}

	#turnTo(slab: Slab, id: number): void {
		const known = this.#known.get(slab);
		this.#slab = slab;
		this.#ofSlab = known && id < known.length ? known : widened(known, Math.max(id + 1, slab.rows));
		this.#known.set(slab, this.#ofSlab);
	}
}

function widened(known: Uint8Array | undefined, least: number): Uint8Array<ArrayBuffer> {
	const wider = new Uint8Array(least * 2);
	if (known) wider.set(known);
	return wider;
}

/** A literal that a match holds; `mayBeEscaped`: or else a `\\u`, by which JSON may spell any letter. */
type Clue = { readonly needle: Needle; readonly mayBeEscaped: boolean };

const jsonEscape: Needle = { bytes: Buffer.from('\\u'), foldCase: false };

/** A literal in tag or body. A hit never crosses an event's end. */
class LiteralScan {
	readonly #search: Search;
	readonly #escape: Search | undefined;
	readonly #inTag: Verdicts;

	constructor({ needle, mayBeEscaped }: Clue) {
		this.#search = searchFor(needle);
		this.#escape = mayBeEscaped ? searchFor(jsonEscape) : undefined;
		this.#inTag = new Verdicts(
			({ tags }, id) => this.#search.find(tags.bytes, tags.start(id), tags.end(id)) >= 0,
		);
	}

	readonly test: RowTest = (slab, row) =>
		this.#inTag.of(slab, slab.tagIds[row] ?? 0) ||
		this.#search.find(slab.bytes, slab.start(row), slab.end(row)) >= 0;

	/** Sets the bits of the rows in [from, to) that hold it: one scan over all their bodies. */
	mark(slab: Slab, from: number, to: number, rows: Uint32Array): void {
		for (let row = from; row < to; row++)
			if (this.#inTag.of(slab, slab.tagIds[row] ?? 0)) set(rows, row);
		markBytes(this.#search, slab, from, to, rows);
		if (this.#escape) markBytes(this.#escape, slab, from, to, rows);
	}
}

/** Marks rows that hold it in their transport's tag or in their body; a hit across the two, or between rows, is none. */
function markBytes(search: Search, slab: Slab, from: number, to: number, rows: Uint32Array): void {
	const end = slab.end(to - 1);
	let row = from;
	let at = search.find(slab.bytes, slab.tagStart(from), end);
	while (at >= 0) {
		row = rowAt(slab, at, row, to);
		const rowEnd = slab.end(row);
		const hitEnd = at + search.length;
		const isWithin = hitEnd <= (at < slab.start(row) ? slab.tagEnd(row) : rowEnd);
		const isWhole = isWithin && at >= slab.tagStart(row);
		if (isWhole) set(rows, row);
		at = search.find(slab.bytes, isWhole ? rowEnd : at + 1, end);
	}
}

/** The row in [from, to) whose bytes hold offset `at`. */
function rowAt(slab: Slab, at: number, from: number, to: number): number {
	let low = from;
	let high = to - 1;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (slab.end(middle) > at) high = middle;
		else low = middle + 1;
	}
	return low;
}

function set(rows: Uint32Array, row: number): void {
	rows[row >>> 5] = (rows[row >>> 5] ?? 0) | (1 << (row & 31));
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

/** The longest literal without which an event cannot match. */
function clueOf(criterion: Criterion): Clue | undefined {
	switch (criterion.kind) {
		case 'literal':
			return { needle: criterion, mayBeEscaped: false };
		case 'text':
			return criterion.literal && { needle: criterion.literal, mayBeEscaped: false };
		case 'decoded':
			return criterion.literal && { needle: criterion.literal, mayBeEscaped: true };
		case 'and':
			return criterion.parts
				.map(clueOf)
				.filter((clue) => clue !== undefined)
				.sort((one, other) => other.needle.bytes.length - one.needle.bytes.length)[0];
		default:
			return undefined;
	}
}
