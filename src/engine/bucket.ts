/** A token bucket: `size` at once, and as many again within `withinMs`. Times in milliseconds. */
export class Bucket {
	readonly #size: number;
	readonly #withinMs: number;
	#tokens: number;
	#at: number;

	constructor(size: number, withinMs: number, now: number) {
		this.#size = size;
		this.#withinMs = withinMs;
		this.#tokens = size;
		this.#at = now;
	}

	/** Whether there was one left; it is gone then. */
	take(now: number): boolean {
		const grown = ((now - this.#at) / this.#withinMs) * this.#size;
		this.#tokens = Math.min(this.#size, this.#tokens + grown);
		this.#at = now;
		if (this.#tokens < 1) return false;
		this.#tokens--;
		return true;
	}
}
