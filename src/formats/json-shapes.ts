import type { Peek } from '../core/format.ts';
import { nothingYet, provesItsEnd, takeMember, usual } from './json-peek.ts';
import { follows, type Piece, piecesOf, wordEnd } from './json-pieces.ts';
import { afterString } from './json-scan.ts';

const [quote, backslash] = [0x22, 0x5c] as const;

/** What is remembered at most, in numbers of four bytes: events with more shapes than that are read without them. */
const room = 16_384;
/** So many events are tried; where more than so many had no known shape, so many are read without. */
const [trial, mostMissed, rest] = [1024, 256, 16_384] as const;
/** A text that was longer than this the last time: the runtime is asked for its end at once. */
const longText = 24;

/**
 * Where the numbers of a piece stand behind its first: how many bytes it has, what follows it, the key of that among
 * those that tell something or -1, how long it was the last time, the piece that came behind it the last time, the
 * one to try where it does not fit (0 for none), and its bytes, four to a number and those left over one by one.
 */
const [length, kind, place, lastLength, child, sibling, bytesAt] = [0, 1, 2, 3, 4, 5, 6] as const;
/** An empty piece, before all others. */
const root = 0;

/**
 * The shapes in which JSON objects came: a tree of pieces, each the bytes up to a text, a number or a word. The events
 * of a source have few shapes, and to compare a piece costs far less than to find the keys in it. What stands between
 * pieces is read as `peekJson` reads it, so that both say the same of any bytes.
 */
export class Shapes {
	readonly #tree = new Int32Array(room);
	#used: number = bytesAt;
	#bytes: Uint8Array = new Uint8Array(0);
	#view: DataView = new DataView(new ArrayBuffer(0));
	#tried = 0;
	#missed = 0;
	#resting = 0;

	/** Fills `out` and returns true where the object has a known shape; else `out` may hold anything. */
	read(bytes: Uint8Array, start: number, end: number, out: Peek): boolean {
		if (this.#rests()) return false;
		if (bytes !== this.#bytes) this.#turnTo(bytes);
		const tree = this.#tree;
		const view = this.#view;
		out.severity = usual;
		let best = nothingYet;
		let at = start;
		for (
			let piece = next(tree, view, root, at, end);
			piece > 0;
			piece = next(tree, view, piece, at, end)
		) {
			const value = at + (tree[piece] ?? 0);
			const what = tree[piece + kind];
			if (what === follows.end) return true;
			const key = tree[piece + place] ?? -1;
			if (what === follows.word) {
				at = wordEnd(bytes, value, end);
				if (at < 0) break;
				if (key >= 0) best = takeMember(key, bytes, value, at, best, out);
				continue;
			}
			const guess = value + (tree[piece + lastLength] ?? 0);
			if (provesItsEnd(key) && guess < end && bytes[guess] === quote) {
				const told = takeMember(key, bytes, value - 1, guess + 1, best, out);
				at = guess;
				if (told !== best) {
					best = told;
					continue;
				}
			}
			at = guess - value > longText ? -1 : shortTextEnd(bytes, value, end);
			if (at < 0) at = afterString(bytes, value - 1, end, 0) - 1;
			if (at < 0) break;
			tree[piece + lastLength] = at - value;
			if (key >= 0) best = takeMember(key, bytes, value - 1, at + 1, best, out);
		}
		this.#missed += 1;
		return false;
	}

	/** Remembers the shape of an object that had none of those known, if it has one and there is room. */
	learn(bytes: Uint8Array, start: number, end: number): void {
		if (this.#resting > 0) return;
		const pieces = piecesOf(bytes, start, end);
		if (!pieces || !this.#hasRoom(pieces)) return;
		if (bytes !== this.#bytes) this.#turnTo(bytes);
		let piece = root;
		for (const one of pieces) piece = this.#known(piece, one) ?? this.#add(piece, one);
	}

	#rests(): boolean {
		if (this.#resting > 0) {
			this.#resting -= 1;
			return true;
		}
		this.#tried += 1;
		if (this.#tried < trial) return false;
		if (this.#missed > mostMissed) this.#forget();
		this.#tried = 0;
		this.#missed = 0;
		return false;
	}

	/** Other events come than those that were learned from, or each has a shape of its own. */
	#forget(): void {
		this.#tree[root + child] = 0;
		this.#used = bytesAt;
		this.#resting = rest;
	}

	#turnTo(bytes: Uint8Array): void {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	#hasRoom(pieces: readonly Piece[]): boolean {
		const needed = pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
		return this.#used + needed <= room;
	}

	#known(parent: number, { start, end, follows: what }: Piece): number | undefined {
		const tree = this.#tree;
		for (let piece = tree[parent + child] ?? 0; piece > 0; piece = tree[piece + sibling] ?? 0) {
			const isAlike = tree[piece] === end - start && tree[piece + kind] === what;
			if (isAlike && stands(tree, this.#view, piece, start, end)) return piece;
		}
		return undefined;
	}

	#add(parent: number, added: Piece): number {
		const tree = this.#tree;
		const piece = this.#used;
		this.#used += sizeOf(added);
		tree[piece + length] = added.end - added.start;
		tree[piece + kind] = added.follows;
		tree[piece + place] = added.place;
		tree[piece + lastLength] = 0;
		tree[piece + child] = 0;
		tree[piece + sibling] = tree[parent + child] ?? 0;
		tree[parent + child] = piece;
		let at = added.start;
		let number = piece + bytesAt;
		for (; at + 4 <= added.end; at += 4) tree[number++] = this.#view.getInt32(at, true);
		for (; at < added.end; at += 1) tree[number++] = this.#view.getUint8(at);
		return piece;
	}
}

/** Where the closing quote of the text that begins at `start` is; -1 where it is long, holds an escape or does not end. */
function shortTextEnd(bytes: Uint8Array, start: number, end: number): number {
	const near = Math.min(end, start + longText);
	for (let at = start; at < near; at += 1) {
		const byte = bytes[at];
		if (byte === quote) return at;
		if (byte === backslash) return -1;
	}
	return -1;
}

function sizeOf({ start, end }: Piece): number {
	return bytesAt + ((end - start) >> 2) + ((end - start) & 3);
}

/** The piece behind `piece` that stands at `at`, or 0. It is tried first the next time. */
function next(tree: Int32Array, view: DataView, piece: number, at: number, end: number): number {
	const first = tree[piece + child] ?? 0;
	if (first === 0 || stands(tree, view, first, at, end)) return first;
	for (let before = first; ; ) {
		const other = tree[before + sibling] ?? 0;
		if (other === 0) return 0;
		if (stands(tree, view, other, at, end)) {
			tree[before + sibling] = tree[other + sibling] ?? 0;
			tree[other + sibling] = first;
			tree[piece + child] = other;
			return other;
		}
		before = other;
	}
}

/** Whether a piece stands at `at`, an ending one just before `end`. */
function stands(tree: Int32Array, view: DataView, piece: number, at: number, end: number): boolean {
	const behind = at + (tree[piece] ?? 0);
	if (behind > end || (behind < end && tree[piece + kind] === follows.end)) return false;
	let number = piece + bytesAt;
	let byte = at;
	for (; byte + 4 <= behind; byte += 4) {
		if (view.getInt32(byte, true) !== tree[number++]) return false;
	}
	for (; byte < behind; byte += 1) {
		if (view.getUint8(byte) !== tree[number++]) return false;
	}
	return true;
}
