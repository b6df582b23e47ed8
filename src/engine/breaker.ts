/** Counts what happens in a minute; more than its limit opens it, and it stays open for a minute. */
export class Breaker {
	readonly #limit: number;
	#times: number[] = [];
	#openUntil = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** Until when it is open, in milliseconds since the epoch; undefined where it is closed. */
	openUntil(now: number): number | undefined {
		return now < this.#openUntil ? this.#openUntil : undefined;
	}

	/** One more; true where it opens by that. */
	count(now: number): boolean {
		this.#times = this.#times.filter((time) => time > now - minuteMs);
		this.#times.push(now);
		if (this.#times.length <= this.#limit || this.openUntil(now) !== undefined) return false;
		this.#openUntil = now + minuteMs;
		this.#times = [];
		return true;
	}
}

const minuteMs = 60_000;
