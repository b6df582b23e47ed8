import type { Needle } from '../core/criterion.ts';
import { type Kernel, maskAt, needleAt, newKernel, windowAt, windowBytes } from './kernel.ts';

/** The longest needle, in bytes; no filter has room for a longer one. */
export const maxNeedle = windowAt - maskAt;

/**
 * The one place that scans bytes. They are copied a window at a time into the kernel's memory: the window stays in
 * the processor's cache, so that copying costs no more than reading. It looks for one needle at a time.
 */
export class Search {
	#made: Kernel | undefined;
	#bytes: Uint8Array = new Uint8Array();
	#to = 0;
	/** Where the window begins, and the last place in it where the needle may begin. */
	#start = 0;
	#last = -1;
	#length = 0;
	/** The offsets of the needle's two rarest bytes. */
	#rare = 0;
	#other = 0;

	/** The first place in [from, to) of `bytes` where the needle is, whole, or -1. */
	first(needle: Needle, bytes: Uint8Array, from: number, to: number): number {
		this.#aim(needle);
		this.#bytes = bytes;
		this.#to = to;
		this.#last = -1;
		return this.next(from);
	}

	/** The first such place at or behind `at`; it never goes back. */
	next(at: number): number {
		const kernel = this.#kernel;
		for (let from = at; from + this.#length <= this.#to; from = this.#last + 1) {
			if (from > this.#last) this.#open(from);
			const [start, last] = [this.#start, this.#last];
			const hit = kernel.find(from - start, last - start, this.#length, this.#rare, this.#other);
			if (hit >= 0) return start + hit;
		}
		return -1;
	}

	get #kernel(): Kernel {
		this.#made ??= newKernel();
		return this.#made;
	}

	#open(start: number): void {
		const end = Math.min(this.#to, start + windowBytes);
		this.#kernel.memory.set(this.#bytes.subarray(start, end), windowAt);
		this.#start = start;
		this.#last = end - this.#length;
	}

	#aim({ bytes, mask }: Needle): void {
		const { memory } = this.#kernel;
		memory.set(bytes, needleAt);
		if (mask) memory.set(mask, maskAt);
		else memory.fill(0, maskAt, maskAt + bytes.length);
		const offsets = Array.from(bytes.keys());
		const [rare = 0, other = rare] = offsets.sort(
			(one, two) => rarity(bytes[two]) - rarity(bytes[one]),
		);
		[this.#length, this.#rare, this.#other] = [bytes.length, rare, other];
	}
}

/** The characters of events, the most frequent first. */
const frequent = Buffer.from('"0e1:,2 atsionr3dl45-_.cupm/6789hgfyb{}wvkxjzq');

function rarity(byte = 0): number {
	const at = frequent.indexOf(byte);
	return at < 0 ? frequent.length : at;
}
