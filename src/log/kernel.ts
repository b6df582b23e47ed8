import {
	add,
	and,
	assemble,
	byteAt,
	bytes16,
	type Code,
	constant,
	equal,
	giveBack,
	isAtMost,
	isLess,
	local,
	or,
	trailingZeros,
	when,
	whileTrue,
	withoutLowest,
} from './wasm.ts';

/** Where in its memory lie the bytes looked for, their bits that do not count, and the bytes looked through. */
export const needleAt = 0;
export const maskAt = 16_384;
export const windowAt = 32_768;
export const windowBytes = 65_536;
/** Room behind the window: sixteen bytes at a time do not end where it ends. */
const pages = 2;

export type Kernel = {
	readonly memory: Uint8Array;
	/**
	 * The first place of the window in [from, last] where the needle's `length` bytes are, or -1. `rare` and
	 * `other` are the offsets of two bytes of the needle that are not often seen.
	 */
	find(from: number, last: number, length: number, rare: number, other: number): number;
};

const at = local(0);
const last = local(1);
const length = local(2);
const rare = local(3);
const other = local(4);
const end = local(5);
const hits = local(6);
const hit = local(7);
const index = local(8);
const rareByte = local(9);
const rareMask = local(10);
const otherByte = local(11);
const otherMask = local(12);

/**
 * Looks for two bytes of the needle at sixty-four places at once, and compares all of it only where both are:
 * sixteen times what a loop over bytes does in the same time.
 */
export function newKernel(): Kernel {
	const { run, memory } = assemble(
		{ params: 5, numbers: 4, vectors: 4 },
		pages,
		rareByte.set(bytes16.all(byteAt(rare.get, needleAt))),
		rareMask.set(bytes16.all(byteAt(rare.get, maskAt))),
		otherByte.set(bytes16.all(byteAt(other.get, needleAt))),
		otherMask.set(bytes16.all(byteAt(other.get, maskAt))),
		whileTrue(
			isAtMost(at.get, last.get),
			when(bytes16.any([0, 16, 32, 48].map(candidates).reduce(bytes16.or)), lookCloser(), skip(64)),
		),
		constant(-1),
	);
	return { memory, find: run };
}

/** Of the sixteen places `offset` behind `at`, those where both bytes are. */
function candidates(offset: number): Code {
	const isAt = (place: Code, mask: Code, byte: Code) =>
		bytes16.equal(bytes16.or(bytes16.at(add(at.get, place), windowAt + offset), mask), byte);
	return bytes16.and(
		isAt(rare.get, rareMask.get, rareByte.get),
		isAt(other.get, otherMask.get, otherByte.get),
	);
}

function lookCloser(): Code {
	return [
		...end.set(add(at.get, constant(64))),
		...whileTrue(
			isLess(at.get, end.get),
			hits.set(bytes16.mask(candidates(0))),
			whileTrue(
				hits.get,
				hit.set(add(at.get, trailingZeros(hits.get))),
				compare(),
				when(equal(index.get, length.get), giveBackHit()),
				hits.set(withoutLowest(hits.get)),
			),
			skip(16),
		),
	];
}

/** Leaves in `index` how many bytes of the needle are at `hit`. */
function compare(): Code {
	const byte = byteAt(add(hit.get, index.get), windowAt);
	const isSame = equal(or(byte, byteAt(index.get, maskAt)), byteAt(index.get, needleAt));
	return [
		...index.set(constant(0)),
		...whileTrue(
			and(isLess(index.get, length.get), isSame),
			index.set(add(index.get, constant(1))),
		),
	];
}

function giveBackHit(): Code {
	return when(isAtMost(hit.get, last.get), giveBack(hit.get), giveBack(constant(-1)));
}

function skip(bytes: number): Code {
	return at.set(add(at.get, constant(bytes)));
}
