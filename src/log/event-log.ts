import type { Bounds } from '../core/bounds.ts';
import { type Peek, rowKind } from '../core/format.ts';
import { Names } from './names.ts';
import { type Foreseen, Slab, slabBytes } from './slab.ts';

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
	readonly slabs: Slab[] = [];
	/** The seq that the next row gets. */
	next = 1;
	fallen = 0;
	#spare: Buffer | undefined;
	readonly #limits: LogLimits;
	/** Is told of a slab before its rows are gone: evidence is copied out here. */
	onFall: (slab: Slab) => void = () => {};

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

	/** Copies an event's tag and body and fills its columns from `peek`. Returns the row's seq. */
	append(
		at: Bounds,
		peek: Peek,
		source: number,
		format: number,
		isTransportTag: boolean,
		arrivedSeconds: number,
		arrivedNanos: number,
	): number {
		const length = at.bodyEnd - at.bodyStart;
		const slab = this.#slabFor(length);
		const row = slab.rows;
		slab.growIfFull();
		const start = slab.used;
		copyInto(slab.bytes, start, at.body, at.bodyStart, at.bodyEnd);
		slab.ends[row] = start + length;
		slab.tagIds[row] = slab.tags.intern(at.tag, at.tagStart, at.tagEnd);
		slab.hostIds[row] = hostOf(slab, at, peek);
		slab.sources[row] = source;
		slab.formats[row] = format;
		slab.severities[row] = peek.severity;
		slab.arrivedSeconds[row] = arrivedSeconds;
		slab.arrivedNanos[row] = arrivedNanos;
		const hasOwnTime = peek.seconds >= 0;
		slab.seconds[row] = hasOwnTime ? peek.seconds : arrivedSeconds;
		slab.nanos[row] = hasOwnTime ? peek.nanos : arrivedNanos;
		slab.setFlags(row, peek.kind, isTransportTag, hasOwnTime);
		if (peek.kind !== rowKind.event) slab.odd++;
		slab.rows = row + 1;
		return this.next++;
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

	#slabFor(bytes: number): Slab {
		const last = this.slabs.at(-1);
		if (last?.hasRoom(bytes)) return last;
		const foreseen: Foreseen = last
			? { rows: last.rows, tags: last.tags.expected }
			: { rows: 4096 };
		last?.seal();
		while (this.slabs.length > 0 && this.#isOver()) this.#fall();
		const slab = new Slab(this.next, this.#room(Math.max(slabBytes, bytes)), foreseen);
		this.slabs.push(slab);
		return slab;
	}

	/** The fallen slab's memory, where it fits: memory in use costs less than memory asked for anew. */
	#room(bytes: number): Buffer {
		const spare = this.#spare;
		this.#spare = undefined;
		return spare?.length === bytes ? spare : Buffer.allocUnsafeSlow(bytes);
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
		this.onFall(slab);
		this.slabs.shift();
		this.#spare = slab.bytes;
		this.fallen += slab.rows;
	}
}

function hostOf(slab: Slab, at: Bounds, peek: Peek): number {
	if (peek.hostIn === 0) return 0;
	const bytes = peek.hostIn === 1 ? at.tag : at.body;
	return slab.hosts.intern(bytes, peek.hostStart, peek.hostEnd);
}

function copyInto(to: Buffer, at: number, from: Uint8Array, start: number, end: number): void {
	if (from instanceof Buffer) from.copy(to, at, start, end);
	else to.set(from.subarray(start, end), at);
}
