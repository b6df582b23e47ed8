/** What looks like chance and is the same at every telling (mulberry32, Tommy Ettinger, public domain). */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** A number in [low, high). */
	between(low: number, high: number): number {
		return low + this.#next() * (high - low);
	}

	/** A whole number in [low, high]. */
	whole(low: number, high: number): number {
		return Math.floor(this.between(low, high + 1));
	}

	pick<T>(from: readonly [T, ...T[]]): T {
		return from[this.whole(0, from.length - 1)] ?? from[0];
	}

	isOneIn(count: number): boolean {
		return this.whole(1, count) === 1;
	}

	hex(digits: number): string {
		return Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join('');
	}

	#next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}
}
