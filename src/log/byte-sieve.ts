import type { Member, Needle } from '../core/criterion.ts';
import { Bits } from './bits.ts';
import type { Sieve } from './plan.ts';
import { type Search, type Target, targetOf } from './search.ts';
import type { Slab } from './slab.ts';
import { Verdicts } from './verdicts.ts';

/** By this JSON may spell any letter. */
const jsonEscape = targetOf({ bytes: Buffer.from('\\u') });
const byteOrderMark = 0xef;

/** Adds the rows of [from, to) that their bytes let pass. */
type Mark = (slab: Slab, from: number, to: number, rows: Bits) => void;

/** Rows with a literal in tag or body. A hit never crosses an event's end. */
export function literalSieve(search: Search, needle: Needle): Sieve {
	return marking(literalMark(search, needle));
}

/** The same, and rows whose JSON may spell it by numbers. */
export function spelledSieve(search: Search, needle: Needle): Sieve {
	const mark = literalMark(search, needle);
	return marking((slab, from, to, rows) => {
		mark(slab, from, to, rows);
		markEscapes(search, slab, from, to, rows);
	});
}

/** Rows that may have a member with a value that matches, told by their bytes: most need no decoding. */
export function memberSieve(search: Search, { nameEnd, mayHold }: Member): Sieve {
	const name = targetOf({ bytes: nameEnd });
	return marking((slab, from, to, rows) => {
		markHits(search, name, slab, from, to, rows, (row, at) =>
			mayHold(slab.bytes, at + nameEnd.length, slab.end(row)),
		);
		markEscapes(search, slab, from, to, rows);
		for (let row = from; row < to; row++) if (isBinary(slab, row)) rows.add(row);
	});
}

/** Marks all rows at once where most are asked for, else one by one. */
function marking(mark: Mark): Sieve {
	const marked = new Bits();
	return (slab, from, to, rows) => {
		marked.clear(from, to);
		const isDense = rows.count(from, to) * 8 >= to - from;
		if (isDense) mark(slab, from, to, marked);
		else rows.each(from, to, (row) => mark(slab, row, row + 1, marked));
		rows.keepAll(marked, from, to);
	};
}

/** A tag of the transport's is among the row's bytes; one that a format made is not. */
function literalMark(search: Search, needle: Needle): Mark {
	const target = targetOf(needle);
	const inTag = new Verdicts(
		({ tags }, id) => search.first(target, tags.bytes, tags.start(id), tags.end(id)) >= 0,
	);
	const tagged = new Bits();
	return (slab, from, to, rows) => {
		tagged.fill(from, to);
		tagged.keep(from, to, (row) => !slab.isTransportTag(row));
		inTag.keep(slab, from, to, tagged, slab.tagIds, slab.tags.count);
		rows.addAll(tagged, from, to);
		markHits(search, target, slab, from, to, rows, (row, at) => {
			const end = at < slab.start(row) ? slab.tagEnd(row) : slab.end(row);
			return at + needle.bytes.length <= end;
		});
	};
}

function markEscapes(search: Search, slab: Slab, from: number, to: number, rows: Bits): void {
	markHits(search, jsonEscape, slab, from, to, rows, () => true);
}

/** Marks the rows of [from, to) with a hit that counts; a hit between two rows is none. */
function markHits(
	search: Search,
	target: Target,
	slab: Slab,
	from: number,
	to: number,
	rows: Bits,
	counts: (row: number, at: number) => boolean,
): void {
	let at = search.first(target, slab.bytes, slab.tagStart(from), slab.end(to - 1));
	for (let row = from; at >= 0; ) {
		row = rowAt(slab, at, row, to);
		const isHit = at >= slab.tagStart(row) && counts(row, at);
		if (isHit) rows.add(row);
		at = search.next(isHit ? slab.end(row) : at + 1);
	}
}

/** The row in [from, to) that ends behind offset `at`: most often one of the next few. */
function rowAt(slab: Slab, at: number, from: number, to: number): number {
	let low = from;
	let high = from;
	for (let step = 1; high < to - 1 && slab.end(high) <= at; step *= 2) {
		low = high + 1;
		high = Math.min(to - 1, high + step);
	}
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (slab.end(middle) > at) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Whether the body begins as no JSON does. */
function isBinary(slab: Slab, row: number): boolean {
	const first = slab.bytes[slab.start(row)] ?? 0;
	return first >= 0x80 && first !== byteOrderMark;
}
