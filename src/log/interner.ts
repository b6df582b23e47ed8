const chunkBytes = 1 << 20;

/** The longest byte string that can be interned. */
export const maxInterned = 1 << 16;

/**
 * Byte strings as small numbers. Job ids make nearly every tag distinct, so the strings live in an arena beside an
 * open-addressing table: a `Map` of strings would cost as much as the events themselves. Id 0 is the empty string.
 *
 * A string lives as long as something refers to it; the room of the dead is taken back by `compact`, after which
 * an id may stand for another string: whoever remembers ids compares `generation`.
 */
export class Interner {
	generation = 0;
	#chunks: Buffer[] = [Buffer.allocUnsafeSlow(chunkBytes)];
	#used = 0;
	#offsets = new Uint32Array(1024);
	#lengths = new Uint32Array(1024);
	#hashes = new Uint32Array(1024);
	#references = new Uint32Array(1024);
	#table = new Uint32Array(4096);
	#taken = 1;
	#size = 1;
	#free: number[] = [];
	#dead = 0;

	constructor() {
		this.#references[0] = 1;
	}

	/** One more than the largest id in use: the length an array indexed by id needs. */
	get size(): number {
		return this.#size;
	}

	get byteLength(): number {
		const perId = 4 * this.#offsets.BYTES_PER_ELEMENT;
		return this.#chunks.length * chunkBytes + this.#offsets.length * perId + this.#table.byteLength;
	}

	/** The id of `bytes[start, end)`, counted as referred to once more. At most `maxInterned` bytes. */
	intern(bytes: Uint8Array, start: number, end: number): number {
		if (end === start) return 0;
		const hash = hashOf(bytes, start, end);
		const mask = this.#table.length - 1;
		let slot = hash & mask;
		for (let id = this.#table[slot] ?? 0; id !== 0; id = this.#table[slot] ?? 0) {
			if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) {
				const references = this.#references[id] ?? 0;
				if (references === 0) this.#dead--;
				this.#references[id] = references + 1;
				return id;
			}
			slot = (slot + 1) & mask;
		}
		return this.#add(hash, slot, bytes, start, end);
	}

	/** Counts one more reference to an id in use. */
	retain(id: number): void {
		if (id !== 0) this.#references[id] = (this.#references[id] ?? 0) + 1;
	}

	release(id: number): void {
		if (id === 0) return;
		const left = (this.#references[id] ?? 1) - 1;
		this.#references[id] = left;
		if (left === 0) this.#dead++;
	}

	/** How many rows refer to it. */
	references(id: number): number {
		return this.#references[id] ?? 0;
	}

	/** The buffer that holds it; `offset` and `length` say where. */
	buffer(id: number): Buffer {
		return this.#chunks[(this.#offsets[id] ?? 0) >>> 20] ?? Buffer.alloc(0);
	}
	offset(id: number): number {
		return (this.#offsets[id] ?? 0) & (chunkBytes - 1);
	}
	length(id: number): number {
		return this.#lengths[id] ?? 0;
	}

	/** A view of its bytes. */
	bytes(id: number): Buffer {
		const offset = this.offset(id);
		return this.buffer(id).subarray(offset, offset + this.length(id));
	}

	/** Takes back the room of what nothing refers to any more, once that is half of all. */
	compact(): void {
		if (this.#dead < 4096 || this.#dead * 2 < this.#size - this.#free.length) return;
		const old = this.#chunks;
		this.#chunks = [Buffer.allocUnsafeSlow(chunkBytes)];
		this.#used = 0;
		this.#free = [];
		this.#dead = 0;
		this.generation++;
		for (let id = this.#size - 1; id > 0; id--) {
			if (this.#references[id] === 0) {
				this.#lengths[id] = 0;
				this.#free.push(id);
				continue;
			}
			const offset = this.#offsets[id] ?? 0;
			const from = offset & (chunkBytes - 1);
			const chunk = old[offset >>> 20];
			if (chunk) this.#offsets[id] = this.#store(chunk, from, from + this.length(id));
		}
		this.#rehash(this.#table.length);
	}

	#add(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
		const id = this.#free.pop() ?? this.#size++;
		if (id >= this.#offsets.length) this.#grow();
		this.#hashes[id] = hash;
		this.#lengths[id] = end - start;
		this.#references[id] = 1;
		this.#offsets[id] = this.#store(bytes, start, end);
		this.#table[slot] = id;
		if (++this.#taken * 3 > this.#table.length * 2) this.#rehash(this.#table.length * 2);
		return id;
	}

	#store(bytes: Uint8Array, start: number, end: number): number {
		if (this.#used + (end - start) > chunkBytes) {
			this.#chunks.push(Buffer.allocUnsafeSlow(chunkBytes));
			this.#used = 0;
		}
		const chunk = this.#chunks.length - 1;
		const at = this.#used;
		copyBytes(bytes, start, end, this.#chunks[chunk] as Buffer, at);
		this.#used += end - start;
		return chunk * chunkBytes + at;
	}

	#equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
		if (this.#lengths[id] !== end - start) return false;
		const own = this.buffer(id);
		let at = this.offset(id);
		for (let index = start; index < end; index++) {
			if (own[at++] !== bytes[index]) return false;
		}
		return true;
	}

	#grow(): void {
		const capacity = this.#offsets.length * 2;
		this.#offsets = grown(this.#offsets, capacity);
		this.#lengths = grown(this.#lengths, capacity);
		this.#hashes = grown(this.#hashes, capacity);
		this.#references = grown(this.#references, capacity);
	}

	#rehash(slots: number): void {
		const table = new Uint32Array(slots);
		const mask = slots - 1;
		this.#taken = 1;
		for (let id = 1; id < this.#size; id++) {
			if (this.#references[id] === 0 && this.#lengths[id] === 0) continue;
			let slot = (this.#hashes[id] ?? 0) & mask;
			while (table[slot] !== 0) slot = (slot + 1) & mask;
			table[slot] = id;
			this.#taken++;
		}
		this.#table = table;
	}
}

function grown(array: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(capacity);
	larger.set(array);
	return larger;
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
		hash = Math.imul(hash ^ Math.imul(word, 0xcc9e2d51), 0x1b873593);
		hash ^= hash >>> 15;
	}
	for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return (hash ^ (hash >>> 13)) >>> 0;
}
