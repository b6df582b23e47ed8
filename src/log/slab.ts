import type { RowKind } from '../core/format.ts';
import { type Expected, maxStrings, Strings } from './strings.ts';

/** A slab holds 16 MiB of bodies or so many rows, whichever is full first. */
export const slabBytes = 16 << 20;
export const slabRows = maxStrings;

const kindMask = 3;
const transportTagFlag = 4;
const ownTimeFlag = 8;

const bytesPerRow = 5 * 4 + 2 * 2 + 4;

/** How much a slab should be ready for: what the one before it held. */
export type Foreseen = { readonly rows: number; readonly tags?: Expected };

/**
 * The bodies of consecutive events, back to back, and beside them a row of columns each. A body starts where
 * the one before it ends. What `log` and `engine` read off a row without decoding it, they read here.
 */
export class Slab {
	/** The seq of row 0. */
	readonly first: number;
	/** Rows that are no events: gaps, broken bytes, sensors. */
	odd = 0;
	rows = 0;
	readonly bytes: Buffer;
	readonly tags: Strings;
	readonly hosts = new Strings();
	ends: Uint32Array<ArrayBuffer>;
	tagIds: Uint16Array<ArrayBuffer>;
	hostIds: Uint16Array<ArrayBuffer>;
	seconds: Uint32Array<ArrayBuffer>;
	nanos: Uint32Array<ArrayBuffer>;
	arrivedSeconds: Uint32Array<ArrayBuffer>;
	arrivedNanos: Uint32Array<ArrayBuffer>;
	sources: Uint8Array<ArrayBuffer>;
	formats: Uint8Array<ArrayBuffer>;
	severities: Uint8Array<ArrayBuffer>;
	flags: Uint8Array<ArrayBuffer>;

	constructor(first: number, bytes: Buffer, { rows, tags }: Foreseen) {
		this.first = first;
		this.bytes = bytes;
		this.tags = new Strings(tags);
		this.ends = new Uint32Array(rows);
		this.tagIds = new Uint16Array(rows);
		this.hostIds = new Uint16Array(rows);
		this.seconds = new Uint32Array(rows);
		this.nanos = new Uint32Array(rows);
		this.arrivedSeconds = new Uint32Array(rows);
		this.arrivedNanos = new Uint32Array(rows);
		this.sources = new Uint8Array(rows);
		this.formats = new Uint8Array(rows);
		this.severities = new Uint8Array(rows);
		this.flags = new Uint8Array(rows);
	}

	get used(): number {
		return this.start(this.rows);
	}

	get byteLength(): number {
		const strings = this.tags.byteLength + this.hosts.byteLength;
		return this.bytes.length + strings + this.ends.length * bytesPerRow;
	}

	hasRoom(bytes: number): boolean {
		return this.rows < slabRows && this.used + bytes <= this.bytes.length;
	}

	start(row: number): number {
		return row === 0 ? 0 : (this.ends[row - 1] ?? 0);
	}

	end(row: number): number {
		return this.ends[row] ?? 0;
	}

	kind(row: number): RowKind {
		return ((this.flags[row] ?? 0) & kindMask) as RowKind;
	}

	isTransportTag(row: number): boolean {
		return ((this.flags[row] ?? 0) & transportTagFlag) !== 0;
	}

	setFlags(row: number, kind: RowKind, isTransportTag: boolean, hasOwnTime: boolean): void {
		this.flags[row] =
			kind | (isTransportTag ? transportTagFlag : 0) | (hasOwnTime ? ownTimeFlag : 0);
	}

	/** The event's own time, else its arrival, in nanoseconds since the epoch. */
	time(row: number): bigint {
		return nanoseconds(this.seconds[row] ?? 0, this.nanos[row] ?? 0);
	}

	arrived(row: number): bigint {
		return nanoseconds(this.arrivedSeconds[row] ?? 0, this.arrivedNanos[row] ?? 0);
	}

	/** Views of the row's bytes: good as long as the slab is held. */
	body(row: number): Buffer {
		return this.bytes.subarray(this.start(row), this.end(row));
	}

	tag(row: number): Buffer {
		return this.tags.get(this.tagIds[row] ?? 0);
	}

	growIfFull(): void {
		if (this.rows === this.ends.length) this.#resize(Math.min(slabRows, this.rows * 2));
	}

	/** Gives back what was reserved and not used. Nothing is appended afterwards. */
	seal(): void {
		if (this.ends.length > this.rows * 1.1) this.#resize(this.rows);
		this.tags.seal();
		this.hosts.seal();
	}

	#resize(rows: number): void {
		this.ends = resized(this.ends, new Uint32Array(rows));
		this.tagIds = resized(this.tagIds, new Uint16Array(rows));
		this.hostIds = resized(this.hostIds, new Uint16Array(rows));
		this.seconds = resized(this.seconds, new Uint32Array(rows));
		this.nanos = resized(this.nanos, new Uint32Array(rows));
		this.arrivedSeconds = resized(this.arrivedSeconds, new Uint32Array(rows));
		this.arrivedNanos = resized(this.arrivedNanos, new Uint32Array(rows));
		this.sources = resized(this.sources, new Uint8Array(rows));
		this.formats = resized(this.formats, new Uint8Array(rows));
		this.severities = resized(this.severities, new Uint8Array(rows));
		this.flags = resized(this.flags, new Uint8Array(rows));
	}
}

type Column = Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function resized<Type extends Column>(from: Type, to: Type): Type {
	to.set(from.length > to.length ? from.subarray(0, to.length) : from);
	return to;
}

function nanoseconds(seconds: number, nanos: number): bigint {
	return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}
