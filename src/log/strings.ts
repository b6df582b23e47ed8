/** Ids are two bytes wide. */
export const maxStrings = 65_535;

/** How many strings are expected, and how many bytes: what the slab before held. */
export type Expected = { readonly count: number; readonly bytes: number };

/**
 * The distinct byte strings of one slab as small numbers. Job ids make nearly every tag distinct, so strings lie
 * back to back in an arena beside an open-addressing table: a `Map` of strings would cost as much as the events
 * themselves. Each slab has its own, so that they fall with it, and the table stays small enough for the cache.
 * Id 0 is the empty string.
 */
export class Strings {
	/** Ids in use, 0 included. */
	count = 1;
	bytes: Buffer;
	#ends: Uint32Array<ArrayBuffer>;
	#hashes: Uint32Array<ArrayBuffer>;
	#table: Uint16Array<ArrayBuffer>;

	constructor(expected: Expected = { count: 64, bytes: 4096 }) {
		const room = Math.max(64, expected.count);
		this.bytes = Buffer.allocUnsafeSlow(Math.max(4096, expected.bytes));
		this.#ends = new Uint32Array(room);
		this.#hashes = new Uint32Array(room);
		this.#table = new Uint16Array(powerOfTwo(room * 2));
	}

	get expected(): Expected {
		return { count: this.#ends.length, bytes: this.bytes.length };
	}

	get byteLength(): number {
		return (
			this.bytes.length + this.#ends.byteLength + this.#hashes.byteLength + this.#table.byteLength
		);
	}

	/** The id of `bytes[start, end)`; there are ids for `maxStrings` different ones. */
	intern(bytes: Uint8Array, start: number, end: number): number {
		if (end === start) return 0;
		const hash = hashOf(bytes, start, end);
		const table = this.#table;
		const mask = table.length - 1;
		let slot = hash & mask;
		for (let id = table[slot] ?? 0; id !== 0; id = table[slot] ?? 0) {
			if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id;
			slot = (slot + 1) & mask;
		}
		return this.#add(hash, slot, bytes, start, end);
	}

	start(id: number): number {
		return id === 0 ? 0 : (this.#ends[id - 1] ?? 0);
	}

	end(id: number): number {
		return this.#ends[id] ?? 0;
	}

	/** A view of its bytes. */
	get(id: number): Buffer {
		return this.bytes.subarray(this.start(id), this.end(id));
	}

	/** Gives back what only interning needs. Nothing is interned afterwards. */
	seal(): void {
		this.#table = new Uint16Array(0);
		this.#hashes = new Uint32Array(0);
		this.#ends = this.#ends.slice(0, this.count);
		this.bytes = Buffer.from(this.bytes.subarray(0, this.end(this.count - 1)));
	}

	#add(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
		const id = this.count++;
		if (id === this.#ends.length) this.#grow();
		const at = this.start(id);
		if (at + end - start > this.bytes.length) this.#widen(at + end - start);
		copyBytes(bytes, start, end, this.bytes, at);
		this.#ends[id] = at + end - start;
		this.#hashes[id] = hash;
		if (id * 2 > this.#table.length) this.#rehash();
		else this.#table[slot] = id;
		return id;
	}

	#equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
		let at = this.start(id);
		if (this.end(id) - at !== end - start) return false;
		for (let index = start; index < end; index++) {
			if (this.bytes[at++] !== bytes[index]) return false;
		}
		return true;
	}

	#grow(): void {
		this.#ends = grown(this.#ends);
		this.#hashes = grown(this.#hashes);
	}

	#widen(least: number): void {
		const wider = Buffer.allocUnsafeSlow(Math.max(least, this.bytes.length * 2));
		this.bytes.copy(wider);
		this.bytes = wider;
	}

	#rehash(): void {
		const table = new Uint16Array(this.#table.length * 2);
		const mask = table.length - 1;
		for (let id = 1; id < this.count; id++) {
			let slot = (this.#hashes[id] ?? 0) & mask;
			while (table[slot] !== 0) slot = (slot + 1) & mask;
			table[slot] = id;
		}
		this.#table = table;
	}
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(array.length * 2);
	larger.set(array);
	return larger;
}

function powerOfTwo(least: number): number {
	return 2 ** Math.ceil(Math.log2(least));
}

/** Short runs byte by byte: a call into the runtime costs more than a dozen bytes do. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Buffer, at: number): void {
	if (from instanceof Buffer && end - start > 12) {
		from.copy(to, at, start, end);
		return;
	}
	for (let index = start; index < end; index++) to[at++] = from[index] ?? 0;
}

/** Four bytes a step, mixed as in MurmurHash3 (Austin Appleby, public domain). */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
	let hash = end - start;
	let at = start;
	for (; at + 4 <= end; at += 4) {
		const word =
			(bytes[at] ?? 0) |
			((bytes[at + 1] ?? 0) << 8) |
			((bytes[at + 2] ?? 0) << 16) |
			((bytes[at + 3] ?? 0) << 24);
		hash = Math.imul(hash ^ word, 0x1b873593);
		hash ^= hash >>> 15;
	}
	for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return (hash ^ (hash >>> 13)) >>> 0;
}
