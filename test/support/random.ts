/** A seeded stream of numbers: the same story at every run (mulberry32, Tommy Ettinger, public domain). */
export type Random = {
	/** A whole number in [0, below). */
	below(below: number): number;
	pick<T>(from: readonly T[]): T;
	bytes(length: number): Buffer;
};

export function random(seed: number): Random {
	let state = seed;
	const below = (limit: number) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
	};
	return {
		below,
		pick: (from) => from[below(from.length)] as (typeof from)[number],
		bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
	};
}
