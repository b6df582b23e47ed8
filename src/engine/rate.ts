const seconds = 5;

/** Events a second, over the last whole seconds. */
export class Rate {
	readonly #counts = new Float64Array(seconds + 1);
	#second = 0;

	add(second: number, count = 1): void {
		this.#turn(second);
		const slot = second % (seconds + 1);
		this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
	}

	/** The mean of the whole seconds before `second`. */
	perSecond(second: number): number {
		this.#turn(second);
		const now = second % (seconds + 1);
		let sum = 0;
		for (let slot = 0; slot <= seconds; slot++) if (slot !== now) sum += this.#counts[slot] ?? 0;
		return sum / seconds;
	}

	#turn(second: number): void {
		if (second <= this.#second) return;
		const from = Math.max(this.#second + 1, second - seconds);
		for (let passed = from; passed <= second; passed++) this.#counts[passed % (seconds + 1)] = 0;
		this.#second = second;
	}
}
