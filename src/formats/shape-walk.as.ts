/**
 * AssemblyScript, not TypeScript: the build makes WebAssembly of it. It walks an object along the tree of pieces that
 * `Shapes` remembers, in memory that `Shapes` fills: a third of the time that JavaScript takes for it.
 */

/** How long the objects may be in all that lie in memory at once, in bytes. */
export const textRoom: i32 = 1 << 18;
/** How much room there is for pieces, in bytes. */
export const treeRoom: i32 = 1 << 16;
/** An object with more members that tell something is left to the plain look. */
const mostMarks: i32 = 64;

/** Where the tree, the marks and the objects lie. Behind the objects is room for the last bytes looked at. */
export const treeAt: usize = memory.data(treeRoom, 16);
export const marksAt: usize = memory.data(mostMarks * 12, 16);
export const textAt: usize = memory.data(textRoom + 16, 16);

/** What lies in a piece, in bytes behind its first; see `Shapes`. */
const kind: usize = 4;
const place: usize = 8;
const child: usize = 12;
const sibling: usize = 16;
const bytesAt: usize = 24;

/** What stands behind a piece: a text, or nothing more of the object; else a number or a word. */
const text: i32 = 0;
const nothing: i32 = 2;

/**
 * How many members of the object tell something, or -1 where no shape fits it. For each there is a mark: the place of
 * its key, where its value begins and where it ends.
 */
export function walk(start: usize, end: usize): i32 {
	let at = start;
	let count = 0;
	let piece = next(treeAt, at, end);
	while (piece !== 0) {
		const value = at + <usize>load<u32>(piece);
		const what = load<i32>(piece, kind);
		if (what === nothing) return count;
		at = what === text ? textEnd(value, end) : wordEnd(value, end);
		if (at === 0) return -1;
		const key = load<i32>(piece, place);
		if (key >= 0) {
			if (count === mostMarks) return -1;
			const quotes: usize = what === text ? 1 : 0;
			mark(count, key, value - quotes, at + quotes);
			count += 1;
		}
		piece = next(piece, at, end);
	}
	return -1;
}

function mark(index: i32, key: i32, start: usize, end: usize): void {
	const at = marksAt + <usize>index * 12;
	store<i32>(at, key);
	store<u32>(at, <u32>start, 4);
	store<u32>(at, <u32>end, 8);
}

/** The piece behind `piece` that stands at `at`, or 0. It is tried first the next time. */
function next(piece: usize, at: usize, end: usize): usize {
	const first = <usize>load<u32>(piece, child);
	if (first === 0 || stands(first, at, end)) return first;
	let before = first;
	let other = <usize>load<u32>(first, sibling);
	while (other !== 0 && !stands(other, at, end)) {
		before = other;
		other = <usize>load<u32>(other, sibling);
	}
	if (other === 0) return 0;
	store<u32>(before, load<u32>(other, sibling), sibling);
	store<u32>(other, <u32>first, sibling);
	store<u32>(piece, <u32>other, child);
	return other;
}

/** Whether a piece stands at `at`, one that nothing follows just before `end`. Its bytes are filled up with zeros. */
function stands(piece: usize, at: usize, end: usize): bool {
	const behind = at + <usize>load<u32>(piece);
	if (behind > end || (behind < end && load<i32>(piece, kind) === nothing)) return false;
	let expected = piece + bytesAt;
	for (; at + 8 <= behind; at += 8) {
		if (load<u64>(at) !== load<u64>(expected)) return false;
		expected += 8;
	}
	if (at === behind) return true;
	const rest = ~((<u64>-1) << ((<u64>(behind - at)) << 3));
	return (load<u64>(at) & rest) === load<u64>(expected);
}

/** Where the closing quote of the text that begins at `at` is, or 0. */
function textEnd(at: usize, end: usize): usize {
	const quote = i8x16.splat(0x22);
	const backslash = i8x16.splat(0x5c);
	while (at < end) {
		const bytes = v128.load(at);
		const hits = i8x16.bitmask(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)));
		if (hits === 0) {
			at += 16;
			continue;
		}
		at += ctz(hits);
		if (at >= end) return 0;
		if (load<u8>(at) === 0x22) return at;
		at += 2;
	}
	return 0;
}

/** Behind the letters, digits, signs and dots at `at`, or 0 where there are none. */
function wordEnd(at: usize, end: usize): usize {
	let next = at;
	while (next < end && isOfWord(load<u8>(next))) next += 1;
	return next > at ? next : 0;
}

function isOfWord(byte: u8): bool {
	const letter = byte | 0x20;
	const isDigit = byte >= 0x30 && byte <= 0x39;
	return (
		isDigit || (letter >= 0x61 && letter <= 0x7a) || byte === 0x2d || byte === 0x2e || byte === 0x2b
	);
}
