import { slabRows } from './slab.ts';

/** A set of rows of one slab. */
export class Bits {
	readonly words = new Uint32Array(Math.ceil(slabRows / 32));

	has(row: number): boolean {
		return (((this.words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
	}

	add(row: number): void {
		const word = row >>> 5;
		this.words[word] = (this.words[word] ?? 0) | (1 << (row & 31));
	}

	/** The first member at or after `row`, or -1. */
	next(row: number): number {
		let word = row >>> 5;
		if (word >= this.words.length) return -1;
		let left = (this.words[word] ?? 0) & (-1 << (row & 31));
		while (left === 0) {
			if (++word === this.words.length) return -1;
			left = this.words[word] ?? 0;
		}
		return word * 32 + (31 - Math.clz32(left & -left));
	}

	/** The last member at or before `row`, or -1. */
	previous(row: number): number {
		if (row < 0) return -1;
		let word = row >>> 5;
		let left = (this.words[word] ?? 0) & (-1 >>> (31 - (row & 31)));
		while (left === 0) {
			if (--word < 0) return -1;
			left = this.words[word] ?? 0;
		}
		return word * 32 + (31 - Math.clz32(left));
	}

	/** How many members lie in [from, to). */
	count(from: number, to: number): number {
		let count = 0;
		for (let word = from >>> 5; word * 32 < to; word++) {
			let left = this.words[word] ?? 0;
			if (word * 32 < from) left &= -1 << (from & 31);
			if (word * 32 + 32 > to) left &= -1 >>> (31 - ((to - 1) & 31));
			count += ones(left);
		}
		return count;
	}
}

function ones(word: number): number {
	let sum = word - ((word >>> 1) & 0x55555555);
	sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
	return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
