import { type Peek, type RowKind, rowKind } from '../core/format.ts';
import { type Expected, maxStrings, Strings } from './strings.ts';

/** A slab holds 16 MiB of bodies or so many rows, whichever is full first. */
export const slabBytes = 16 << 20;
export const slabRows = maxStrings;
/** The longest tag of a transport. */
export const maxTagBytes = 65_535;

const bytesPerRow = 7 * 4 + 3 * 2 + 4;

/** How much a slab should be ready for: what the one before it held. */
export type Foreseen = { readonly rows: number; readonly tags?: Expected };

/**
 * The bytes of consecutive events, each its tag as the transport gave it and its body, with what stood between them
 * where they came in one read, and beside them a row of columns each. A row is *stored* first, and *indexed* when there is time: rows below `indexed` have all
 * their columns.
 */
export class Slab {
	/** The seq of row 0. */
	readonly first: number;
	/** Rows that are no events: gaps, broken bytes, sensors. */
	odd = 0;
	rows = 0;
	indexed = 0;
	isSealed = false;
	readonly bytes: Buffer;
	readonly tags: Strings;
	readonly hosts = new Strings();
	/** Bytes in use; rows that are placed and not filled yet are not counted. */
	used = 0;
	/** Where tags begin, and bodies begin and end. */
	tagStarts: Uint32Array<ArrayBuffer>;
	starts: Uint32Array<ArrayBuffer>;
	ends: Uint32Array<ArrayBuffer>;
	tagLengths: Uint16Array<ArrayBuffer>;
	tagIds: Uint16Array<ArrayBuffer>;
	hostIds: Uint16Array<ArrayBuffer>;
	seconds: Uint32Array<ArrayBuffer>;
	nanos: Uint32Array<ArrayBuffer>;
	arrivedSeconds: Uint32Array<ArrayBuffer>;
	arrivedNanos: Uint32Array<ArrayBuffer>;
	sources: Uint8Array<ArrayBuffer>;
	formats: Uint8Array<ArrayBuffer>;
	severities: Uint8Array<ArrayBuffer>;
	kinds: Uint8Array<ArrayBuffer>;

	constructor(first: number, bytes: Buffer, { rows, tags }: Foreseen, spare?: Columns) {
		this.first = first;
		this.bytes = bytes;
		this.tags = new Strings(tags);
		const columns = spare ?? columnsOf(rows);
		this.tagStarts = columns.tagStarts;
		this.starts = columns.starts;
		this.ends = columns.ends;
		this.tagLengths = columns.tagLengths;
		this.tagIds = columns.tagIds;
		this.hostIds = columns.hostIds;
		this.seconds = columns.seconds;
		this.nanos = columns.nanos;
		this.arrivedSeconds = columns.arrivedSeconds;
		this.arrivedNanos = columns.arrivedNanos;
		this.sources = columns.sources;
		this.formats = columns.formats;
		this.severities = columns.severities;
		this.kinds = columns.kinds;
	}

	get byteLength(): number {
		const strings = this.tags.byteLength + this.hosts.byteLength;
		return this.bytes.length + strings + this.ends.length * bytesPerRow;
	}

	hasRoom(bytes: number): boolean {
		return this.rows < slabRows && this.used + bytes <= this.bytes.length;
	}

	/** Where the transport's tag begins: the row's first byte. */
	tagStart(row: number): number {
		return this.tagStarts[row] ?? 0;
	}

	tagEnd(row: number): number {
		return this.tagStart(row) + (this.tagLengths[row] ?? 0);
	}

	start(row: number): number {
		return this.starts[row] ?? 0;
	}

	end(row: number): number {
		return this.ends[row] ?? 0;
	}

	kind(row: number): RowKind {
		return (this.kinds[row] ?? 0) as RowKind;
	}

	/** Whether the transport gave the tag; else the format made it, and it is none of the row's bytes. */
	isTransportTag(row: number): boolean {
		return this.tagLengths[row] !== 0;
	}

	/** The event's own time, else its arrival, in nanoseconds since the epoch. */
	time(row: number): bigint {
		return nanoseconds(this.seconds[row] ?? 0, this.nanos[row] ?? 0);
	}

	arrived(row: number): bigint {
		return nanoseconds(this.arrivedSeconds[row] ?? 0, this.arrivedNanos[row] ?? 0);
	}

	/** Fills the columns that only a look at the bytes can tell. */
	index(row: number, tag: number, host: number, format: number, peek: Peek): void {
		this.tagIds[row] = tag;
		this.hostIds[row] = host;
		this.formats[row] = format;
		this.severities[row] = peek.severity;
		this.kinds[row] = peek.kind;
		if (peek.kind !== rowKind.event) this.odd++;
		const hasOwnTime = peek.seconds >= 0;
		this.seconds[row] = hasOwnTime ? peek.seconds : (this.arrivedSeconds[row] ?? 0);
		this.nanos[row] = hasOwnTime ? peek.nanos : (this.arrivedNanos[row] ?? 0);
	}

	/** Views of the row's bytes: good as long as the slab is held. */
	body(row: number): Buffer {
		return this.bytes.subarray(this.start(row), this.end(row));
	}

	tag(row: number): Buffer {
		return this.tags.get(this.tagIds[row] ?? 0);
	}

	/** Writes down where a row's tag and body lie. It is one of the slab's rows once it is filled. */
	place(row: number, tagStart: number, tagEnd: number, start: number, end: number): void {
		this.tagStarts[row] = tagStart;
		this.tagLengths[row] = tagEnd - tagStart;
		this.starts[row] = start;
		this.ends[row] = end;
	}

	/** Makes rows of those placed up to `to`, with what they have in common. */
	fill(
		to: number,
		source: number,
		format: number,
		arrivedSeconds: number,
		arrivedNanos: number,
	): void {
		for (let row = this.rows; row < to; row++) {
			this.sources[row] = source;
			this.formats[row] = format;
			this.arrivedSeconds[row] = arrivedSeconds;
			this.arrivedNanos[row] = arrivedNanos;
		}
		this.rows = to;
		this.used = this.ends[to - 1] ?? 0;
	}

	/** Makes room for so many more rows; `slabRows` are the most. */
	growFor(more: number): void {
		const least = this.rows + more;
		if (least > this.ends.length) {
			this.#resize(Math.min(slabRows, Math.max(least, this.ends.length * 2)));
		}
	}

	/** Gives back what was reserved and not used. Nothing is appended afterwards. */
	seal(): void {
		if (this.isSealed) return;
		this.isSealed = true;
		if (this.ends.length > this.rows * 1.1) this.#resize(this.rows);
		this.tags.seal();
		this.hosts.seal();
	}

	#resize(rows: number): void {
		this.tagStarts = resized(this.tagStarts, new Uint32Array(rows));
		this.starts = resized(this.starts, new Uint32Array(rows));
		this.ends = resized(this.ends, new Uint32Array(rows));
		this.tagLengths = resized(this.tagLengths, new Uint16Array(rows));
		this.tagIds = resized(this.tagIds, new Uint16Array(rows));
		this.hostIds = resized(this.hostIds, new Uint16Array(rows));
		this.seconds = resized(this.seconds, new Uint32Array(rows));
		this.nanos = resized(this.nanos, new Uint32Array(rows));
		this.arrivedSeconds = resized(this.arrivedSeconds, new Uint32Array(rows));
		this.arrivedNanos = resized(this.arrivedNanos, new Uint32Array(rows));
		this.sources = resized(this.sources, new Uint8Array(rows));
		this.formats = resized(this.formats, new Uint8Array(rows));
		this.severities = resized(this.severities, new Uint8Array(rows));
		this.kinds = resized(this.kinds, new Uint8Array(rows));
	}
}

/** What is known of each row, an array each; a slab that has fallen leaves them to the next one. */
export type Columns = ReturnType<typeof columnsOf>;

function columnsOf(rows: number) {
	return {
		tagStarts: new Uint32Array(rows),
		starts: new Uint32Array(rows),
		ends: new Uint32Array(rows),
		tagLengths: new Uint16Array(rows),
		tagIds: new Uint16Array(rows),
		hostIds: new Uint16Array(rows),
		seconds: new Uint32Array(rows),
		nanos: new Uint32Array(rows),
		arrivedSeconds: new Uint32Array(rows),
		arrivedNanos: new Uint32Array(rows),
		sources: new Uint8Array(rows),
		formats: new Uint8Array(rows),
		severities: new Uint8Array(rows),
		kinds: new Uint8Array(rows),
	};
}

type Column = Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function resized<Type extends Column>(from: Type, to: Type): Type {
	to.set(from.length > to.length ? from.subarray(0, to.length) : from);
	return to;
}

function nanoseconds(seconds: number, nanos: number): bigint {
	return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}
