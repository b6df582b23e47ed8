import type { Peek, Region } from '../core/format.ts';
import { nothingYet, takeMember, usual } from './json-peek.ts';
import { type Piece, piecesOf } from './json-pieces.ts';
import { instantiate, type ShapeWalk } from './shape-walk.wasm.js';

/** So many events are tried; where more than so many had no known shape, so many are read without. */
const [trial, mostMissed, rest] = [1024, 256, 16_384] as const;

/**
 * Where the numbers of a piece stand behind its first, four bytes each: how many bytes it has, what follows it, the
 * key of that among those that tell something or -1, the piece that came behind it the last time, the one to try where
 * it does not fit (0 for none), nothing, and its bytes, filled up with zeros to eights.
 */
const [kind, place, child, sibling, bytesAt] = [1, 2, 3, 4, 6] as const;
const mark = 3;

/**
 * The shapes in which JSON objects came: a tree of pieces, each the bytes up to a text, a number or a word. The events
 * of a source have few shapes, and to compare a piece costs far less than to find the keys in it. What stands between
 * pieces is read as `peekJson` reads it, so that both say the same of any bytes.
 */
export class Shapes {
	readonly #walk: ShapeWalk['walk'];
	readonly #numbers: Int32Array;
	readonly #memory: Buffer;
	readonly #root: number;
	readonly #treeEnd: number;
	readonly #marks: number;
	readonly #text: number;
	readonly #textRoom: number;
	#region: Region = { bytes: new Uint8Array(0), start: 0, end: 0 };
	/** What of the region lies in the memory. */
	#from = 0;
	#to = 0;
	#used = 0;
	#tried = 0;
	#missed = 0;
	#resting = 0;

	constructor() {
		const walk = instantiate();
		this.#walk = walk.walk;
		this.#numbers = new Int32Array(walk.memory.buffer);
		this.#memory = Buffer.from(walk.memory.buffer);
		this.#root = walk.treeAt.value / 4;
		this.#treeEnd = this.#root + walk.treeRoom.value / 4;
		this.#marks = walk.marksAt.value / 4;
		this.#text = walk.textAt.value;
		this.#textRoom = walk.textRoom.value;
		this.#forget();
	}

	/** The objects that are read next lie there. */
	turnTo(region: Region): void {
		if (region === this.#region) return;
		this.#region = region;
		this.#from = region.start;
		this.#to = region.start;
	}

	/** Fills `out` and returns true where the object has a known shape; else `out` may hold anything. */
	read(start: number, end: number, out: Peek): boolean {
		if (this.#rests()) return false;
		if ((start < this.#from || end > this.#to) && !this.#load(start, end)) return false;
		const shift = this.#text - this.#from;
		const count = this.#walk(start + shift, end + shift);
		if (count < 0) {
			this.#missed += 1;
			return false;
		}
		const { bytes } = this.#region;
		out.severity = usual;
		let best = nothingYet;
		let at = this.#marks;
		for (let left = count; left > 0; left -= 1, at += mark) {
			const key = this.#numbers[at] ?? 0;
			const value = (this.#numbers[at + 1] ?? 0) - shift;
			const behind = (this.#numbers[at + 2] ?? 0) - shift;
			best = takeMember(key, bytes, value, behind, best, out);
		}
		return true;
	}

	/** Remembers the shape of an object that had none of those known, if it has one and there is room. */
	learn(start: number, end: number): void {
		if (this.#resting > 0) return;
		const pieces = piecesOf(this.#region.bytes, start, end);
		if (!pieces || !this.#hasRoom(pieces)) return;
		let piece = this.#root;
		for (const one of pieces) piece = this.#known(piece, one) ?? this.#add(piece, one);
	}

	/** Copies bytes from `start` on, as many as there are or as there is room for. */
	#load(start: number, end: number): boolean {
		const { bytes, end: regionEnd } = this.#region;
		const to = Math.min(regionEnd, start + this.#textRoom);
		if (end > to) return false;
		this.#memory.set(bytes.subarray(start, to), this.#text);
		this.#from = start;
		this.#to = to;
		return true;
	}

	#rests(): boolean {
		if (this.#resting > 0) {
			this.#resting -= 1;
			return true;
		}
		this.#tried += 1;
		if (this.#tried < trial) return false;
		if (this.#missed > mostMissed) {
			this.#forget();
			this.#resting = rest;
		}
		this.#tried = 0;
		this.#missed = 0;
		return false;
	}

	/** Other events come than those that were learned from, or each has a shape of its own. */
	#forget(): void {
		this.#numbers.fill(0, this.#root, this.#treeEnd);
		this.#used = this.#root + bytesAt;
	}

	#hasRoom(pieces: readonly Piece[]): boolean {
		const needed = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
		return this.#used + needed <= this.#treeEnd;
	}

	#known(parent: number, one: Piece): number | undefined {
		let address = this.#numbers[parent + child] ?? 0;
		for (; address > 0; address = this.#numbers[address / 4 + sibling] ?? 0) {
			if (this.#is(address / 4, one)) return address / 4;
		}
		return undefined;
	}

	#is(piece: number, { start, end, follows }: Piece): boolean {
		if (this.#numbers[piece] !== end - start || this.#numbers[piece + kind] !== follows)
			return false;
		const at = (piece + bytesAt) * 4;
		return this.#memory.compare(this.#region.bytes, start, end, at, at + end - start) === 0;
	}

	#add(parent: number, added: Piece): number {
		const numbers = this.#numbers;
		const piece = this.#used;
		this.#used += sizeOf(added);
		numbers[piece] = added.end - added.start;
		numbers[piece + kind] = added.follows;
		numbers[piece + place] = added.place;
		numbers[piece + sibling] = numbers[parent + child] ?? 0;
		numbers[parent + child] = piece * 4;
		this.#memory.set(this.#region.bytes.subarray(added.start, added.end), (piece + bytesAt) * 4);
		return piece;
	}
}

/** In numbers of four bytes; an even number of them. */
function sizeOf({ start, end }: Piece): number {
	return bytesAt + Math.ceil((end - start) / 8) * 2;
}
