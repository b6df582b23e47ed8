import { slabRows } from './slab.ts';

/** A set of rows of one slab. What takes a run of rows, [from, to), touches the words they lie in and no others. */
export class Bits {
	readonly words = new Int32Array(Math.ceil(slabRows / 32));

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
		return word * 32 + lowest(left);
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
			count += ones((this.words[word] ?? 0) & within(word, from, to));
		}
		return count;
	}

	/** Makes the words of a run hold the whole run, and nothing besides. */
	fill(from: number, to: number): void {
		for (let word = from >>> 5; word * 32 < to; word++) this.words[word] = within(word, from, to);
	}

	/** Makes the words of a run hold what `other` has of the run. */
	copy(other: Bits, from: number, to: number): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			this.words[word] = (other.words[word] ?? 0) & within(word, from, to);
		}
	}

	clear(from: number, to: number): void {
		this.words.fill(0, from >>> 5, ((to - 1) >>> 5) + 1);
	}

	addAll(other: Bits, from: number, to: number): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			this.words[word] = (this.words[word] ?? 0) | (other.words[word] ?? 0);
		}
	}

	removeAll(other: Bits, from: number, to: number): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			this.words[word] = (this.words[word] ?? 0) & ~(other.words[word] ?? 0);
		}
	}

	/** Keeps what `other` has too. */
	keepAll(other: Bits, from: number, to: number): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			this.words[word] = (this.words[word] ?? 0) & (other.words[word] ?? 0);
		}
	}

	each(from: number, to: number, visit: (row: number) => void): void {
		this.keep(from, to, (row) => {
			visit(row);
			return true;
		});
	}

	/** Keeps the members that pass. */
	keep(from: number, to: number, passes: (row: number) => boolean): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			let kept = 0;
			for (let left = this.words[word] ?? 0; left !== 0; left &= left - 1) {
				if (passes(word * 32 + lowest(left))) kept |= left & -left;
			}
			this.words[word] = kept;
		}
	}

	/** Keeps the members whose value passes. Each value is asked for once: `known` takes 1 for no and 2 for yes. */
	keepValues(
		from: number,
		to: number,
		values: Uint8Array | Uint16Array,
		known: Uint8Array,
		passes: (value: number) => boolean,
	): void {
		for (let word = from >>> 5; word * 32 < to; word++) {
			let kept = 0;
			for (let left = this.words[word] ?? 0; left !== 0; left &= left - 1) {
				const bit = lowest(left);
				const value = values[word * 32 + bit] ?? 0;
				let verdict = known[value] ?? 0;
				if (verdict === 0) {
					verdict = passes(value) ? 2 : 1;
					known[value] = verdict;
				}
				kept |= (verdict >>> 1) << bit;
			}
			this.words[word] = kept;
		}
	}
}

/** The bits of a word that stand for rows of [from, to). */
function within(word: number, from: number, to: number): number {
	let bits = -1;
	if (word * 32 < from) bits &= -1 << (from & 31);
	if (word * 32 + 32 > to) bits &= -1 >>> (31 - ((to - 1) & 31));
	return bits;
}

/** The place of the lowest bit that is set. */
function lowest(word: number): number {
	return 31 - Math.clz32(word & -word);
}

function ones(word: number): number {
	let sum = word - ((word >>> 1) & 0x55555555);
	sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
	return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
