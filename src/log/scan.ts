import type { Search } from './search.ts';
import type { Slab } from './slab.ts';

/** Rows that may match, found by their bytes: one look at a row, or one pass over the bytes of many. */
export type Scan = {
	test(slab: Slab, row: number): boolean;
	/** Sets the bits of the rows in [from, to) that may match. */
	mark(slab: Slab, from: number, to: number, rows: Uint32Array): void;
};

export function set(rows: Uint32Array, row: number): void {
	rows[row >>> 5] = (rows[row >>> 5] ?? 0) | (1 << (row & 31));
}

/** Marks rows that hold it in their transport's tag or in their body; a hit across the two, or between rows, is none. */
export function markHits(
	search: Search,
	slab: Slab,
	from: number,
	to: number,
	rows: Uint32Array,
): void {
	eachHit(search, slab, from, to, (row, at) => {
		const isInTag = at < slab.start(row);
		const isWhole = at + search.length <= (isInTag ? slab.tagEnd(row) : slab.end(row));
		if (isWhole) set(rows, row);
		return isWhole;
	});
}

/**
 * Tells of hits that begin in a row of [from, to), in order, until `isEnough` says that the rest of its row need not
 * be looked at.
 */
export function eachHit(
	search: Search,
	slab: Slab,
	from: number,
	to: number,
	isEnough: (row: number, at: number) => boolean,
): void {
	const end = slab.end(to - 1);
	let row = from;
	let at = search.find(slab.bytes, slab.tagStart(from), end);
	while (at >= 0) {
		row = rowAt(slab, at, row, to);
		const isDone = at >= slab.tagStart(row) && isEnough(row, at);
		at = search.find(slab.bytes, isDone ? slab.end(row) : at + 1, end);
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
