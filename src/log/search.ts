import type { Needle } from '../core/criterion.ts';
import { type Finder, newFinder } from './finder.ts';

/** A needle, and where in it stand the two of its bytes that events have least often; `isRareSure`: all bits of the first count. */
export type Target = Needle & {
	readonly rare: number;
	readonly other: number;
	readonly isRareSure: boolean;
};

/**
 * The one place that scans bytes. They are copied a window at a time into WebAssembly's memory: the window stays in
 * the processor's cache, so that copying costs little more than reading. It looks for one needle at a time.
 */
export class Search {
	#made: Finder | undefined;
	#target: Target | undefined;
	#length = 0;
	#bytes: Buffer = Buffer.alloc(0);
	#to = 0;
	/** Where the window begins, and the last place in it where the needle may begin. */
	#start = 0;
	#last = -1;
	readonly #newFinder: () => Finder;

	constructor(makeFinder: () => Finder = newFinder) {
		this.#newFinder = makeFinder;
	}

	/** The first place in [from, to) of `bytes` where the needle is, whole, or -1. */
	first(target: Target, bytes: Buffer, from: number, to: number): number {
		// What is nowhere is told fastest by the C library.
		const before = target.isRareSure
			? bytes.subarray(from, to).indexOf(target.bytes[target.rare] ?? 0)
			: 0;
		if (before < 0) return -1;
		if (target !== this.#target) this.#aim(target);
		this.#bytes = bytes;
		this.#to = to;
		this.#last = -1;
		return this.next(from + Math.max(0, before - target.rare));
	}

	/** The first such place at or behind `at`; it never goes back. */
	next(at: number): number {
		const { rare = 0, other = 0 } = this.#target ?? {};
		for (let from = at; from + this.#length <= this.#to; from = this.#last + 1) {
			if (from > this.#last) this.#open(from);
			const [start, last] = [this.#start, this.#last];
			const hit = this.#finder.find(from - start, last - start, this.#length, rare, other);
			if (hit >= 0) return start + hit;
		}
		return -1;
	}

	get #finder(): Finder {
		this.#made ??= this.#newFinder();
		return this.#made;
	}

	#aim(target: Target): void {
		const { bytes, mask } = target;
		const { memory, needleAt, maskAt } = this.#finder;
		memory.set(bytes, needleAt);
		if (mask) memory.set(mask, maskAt);
		else memory.fill(0, maskAt, maskAt + bytes.length);
		this.#target = target;
		this.#length = bytes.length;
	}

	#open(start: number): void {
		const { memory, windowAt, windowRoom } = this.#finder;
		const end = Math.min(this.#to, start + windowRoom);
		memory.set(this.#bytes.subarray(start, end), windowAt);
		this.#start = start;
		this.#last = end - this.#length;
	}
}

/** The characters of events, the most frequent first. */
const frequent = Buffer.from('"0e1:,2 atsionr3dl45-_.cupm/6789hgfyb{}wvkxjzq');

export function targetOf(needle: Needle): Target {
	const { bytes, mask } = needle;
	const [rare = 0, other = rare] = Array.from(bytes.keys()).sort(
		(one, two) => rarity(bytes[two]) - rarity(bytes[one]),
	);
	return { ...needle, rare, other, isRareSure: !mask?.[rare] };
}

function rarity(byte = 0): number {
	const at = frequent.indexOf(byte);
	return at < 0 ? frequent.length : at;
}
