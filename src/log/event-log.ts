import type { Bounds } from '../core/bounds.ts';
import type { Cuts } from '../core/cuts.ts';
import { type RowKind, rowKind } from '../core/format.ts';
import { Names } from './names.ts';
import { Search } from './search.ts';
import { Slab, slabBytes, slabRows } from './slab.ts';

/** The format column of a row whose format is still to be recognised. */
const unknownFormat = 255;

/** Rows indexed between two looks at the clock. */
const indexedAtOnce = 512;

/** A slab is made ready for a few more rows than the one before it had: growing costs a copy of all columns. */
const spare = 1.05;

export type LogLimits = {
	/** At least this many rows are held, if `bytes` allows; up to two slabs' rows more. */
	readonly events: number;
	/** Bodies and columns together; the ring stays below it by letting its oldest slab fall. */
	readonly bytes: number;
};

/** A row of the log by its slab and its index there. */
export type Place = { readonly slab: Slab; readonly row: number };

/**
 * Everything that came, in order of arrival: a ring of slabs. `seq` counts rows from 1 and never changes its
 * meaning; rows below `first` have fallen.
 */
export class EventLog {
	readonly sources = new Names();
	readonly formats = new Names();
	readonly search = new Search();
	readonly slabs: Slab[] = [];
	/** The seq that the next row gets. */
	next = 1;
	fallen = 0;
	#spare: Slab | undefined;
	readonly #limits: LogLimits;
	/** Is told of a slab before its rows are gone: evidence is copied out here. */
	onFall: (slab: Slab) => void = () => {};
	/** Fills the columns of rows, `to` excluded, by looking at their bytes; whoever knows formats sets it. */
	indexRows: (slab: Slab, from: number, to: number) => void = () => {};

	constructor(limits: LogLimits) {
		this.#limits = limits;
	}

	get first(): number {
		return this.slabs[0]?.first ?? this.next;
	}

	get held(): number {
		return this.next - this.first;
	}

	get capacity(): number {
		return this.#limits.events;
	}

	get byteLength(): number {
		let bytes = 0;
		for (const slab of this.slabs) bytes += slab.byteLength;
		return bytes;
	}

	/**
	 * Copies an event's tag and body behind one another: all that is done while a bus waits. Returns the row's seq;
	 * its other columns are filled by `index`. Kind and format are given for rows that are no event of a bus.
	 */
	append(
		at: Bounds,
		source: number,
		arrivedSeconds: number,
		arrivedNanos: number,
		kind: RowKind = rowKind.event,
		format: number = unknownFormat,
	): number {
		const isOneRun = at.tag === at.body && at.bodyStart >= at.tagEnd && at.tagEnd > at.tagStart;
		const tagLength = at.tagEnd - at.tagStart;
		const bodyAt = isOneRun ? at.bodyStart - at.tagStart : tagLength;
		const length = bodyAt + at.bodyEnd - at.bodyStart;
		const slab = this.#slabFor(length);
		slab.growFor(1);
		const row = slab.rows;
		const start = slab.used;
		if (isOneRun) copyInto(slab.bytes, start, at.body, at.tagStart, at.bodyEnd);
		else {
			if (tagLength > 0) copyInto(slab.bytes, start, at.tag, at.tagStart, at.tagEnd);
			copyInto(slab.bytes, start + bodyAt, at.body, at.bodyStart, at.bodyEnd);
		}
		slab.place(row, start, start + tagLength, start + bodyAt, start + length);
		slab.kinds[row] = kind;
		slab.fill(row + 1, source, format, arrivedSeconds, arrivedNanos);
		return this.next++;
	}

	/** The same for the events of one read: their bytes are copied in one piece, with what stands between them. */
	appendAll(cuts: Cuts, source: number, arrivedSeconds: number, arrivedNanos: number): void {
		for (let from = 0; from < cuts.count; ) {
			const slab = this.#slabFor(cuts.end(from) - cuts.start(from));
			const to = placeRun(slab, cuts, from);
			copyInto(slab.bytes, slab.used, cuts.bytes, cuts.start(from), cuts.end(to - 1));
			slab.fill(slab.rows + to - from, source, unknownFormat, arrivedSeconds, arrivedNanos);
			this.next += to - from;
			from = to;
		}
	}

	/** Whether every row has all its columns. */
	get isIndexed(): boolean {
		const last = this.slabs.at(-1);
		return last === undefined || last.indexed === last.rows;
	}

	/** Indexes rows in order, until all are or `isOver` says that the slice is used up. */
	index(isOver: () => boolean): void {
		for (let at = this.#indexing(); at < this.slabs.length; at++) {
			const slab = this.slabs[at] as Slab;
			while (slab.indexed < slab.rows) {
				if (isOver()) return;
				this.#indexRows(slab, Math.min(slab.rows, slab.indexed + indexedAtOnce));
			}
			if (at < this.slabs.length - 1) slab.seal();
		}
	}

	/** Where a row lies; undefined once it has fallen, or before it came. */
	place(seq: number): Place | undefined {
		const index = this.slabIndex(seq);
		const slab = this.slabs[index];
		if (!slab || seq < slab.first || seq >= slab.first + slab.rows) return undefined;
		return { slab, row: seq - slab.first };
	}

	/** The index of the slab that holds `seq`, or would; 0 for what has fallen. */
	slabIndex(seq: number): number {
		let low = 0;
		let high = this.slabs.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >>> 1;
			if ((this.slabs[middle]?.first ?? 0) <= seq) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	/** The index of the oldest slab with rows that are not indexed, or of the last one. */
	#indexing(): number {
		let at = Math.max(0, this.slabs.length - 1);
		while (at > 0 && !this.slabs[at - 1]?.isSealed) at--;
		return at;
	}

	#indexRows(slab: Slab, to: number): void {
		if (slab.indexed < to) this.indexRows(slab, slab.indexed, to);
		slab.indexed = to;
	}

	#slabFor(bytes: number): Slab {
		const last = this.slabs.at(-1);
		if (last?.hasRoom(bytes)) return last;
		if (last?.indexed === last?.rows) last?.seal();
		while (this.slabs.length > 0 && this.#isOver()) this.#fall();
		const slab = this.#slabLike(last, Math.max(slabBytes, bytes));
		this.slabs.push(slab);
		return slab;
	}

	/** The fallen slab's memory is taken where it fits: memory in use costs less than memory asked for anew. */
	#slabLike(last: Slab | undefined, bytes: number): Slab {
		const fallen = this.#spare;
		this.#spare = undefined;
		const room = fallen?.bytes.length === bytes ? fallen.bytes : Buffer.allocUnsafeSlow(bytes);
		if (!last) return new Slab(this.next, room, { rows: 4096 });
		const rows = Math.min(slabRows, Math.ceil(last.rows * spare));
		const columns = fallen && isAbout(fallen.ends.length, rows) ? fallen : undefined;
		return new Slab(this.next, room, { rows, tags: last.tags.expected }, columns);
	}

	#isOver(): boolean {
		const oldest = this.slabs[0];
		if (!oldest) return false;
		if (this.held - oldest.rows >= this.#limits.events) return true;
		return this.byteLength + slabBytes > this.#limits.bytes;
	}

	#fall(): void {
		const slab = this.slabs[0];
		if (!slab) return;
		this.#indexRows(slab, slab.rows);
		this.onFall(slab);
		this.slabs.shift();
		this.#spare = slab;
		this.fallen += slab.rows;
	}
}

/** Whether columns of that length will do for so many rows, without much to spare. */
function isAbout(length: number, rows: number): boolean {
	return length > rows * 0.97 && length < rows * 1.1;
}

/** Writes down where the events from `from` on will lie, as many as the slab has room for; returns the one behind them. */
function placeRun(slab: Slab, cuts: Cuts, from: number): number {
	const { bounds } = cuts;
	const most = Math.min(cuts.count, from + slabRows - slab.rows);
	slab.growFor(most - from);
	const shift = slab.used - cuts.start(from);
	const room = slab.bytes.length - shift;
	let row = slab.rows;
	let at = from;
	for (; at < most; at++) {
		const end = bounds[at * 4 + 3] ?? 0;
		if (end > room) break;
		const tagEnd = bounds[at * 4 + 1] ?? 0;
		const start = bounds[at * 4 + 2] ?? 0;
		slab.place(row++, (bounds[at * 4] ?? 0) + shift, tagEnd + shift, start + shift, end + shift);
	}
	return at;
}

function copyInto(to: Buffer, at: number, from: Uint8Array, start: number, end: number): void {
	if (from instanceof Buffer) from.copy(to, at, start, end);
	else to.set(from.subarray(start, end), at);
}
