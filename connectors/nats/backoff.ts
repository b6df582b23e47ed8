const firstMs = 250;
/** Far below the half minute after which nobody believes in a retry: a console has few peers to stampede with. */
const longestMs = 2500;

/** How long to wait before each try: longer with each failure, and never the same for two consoles. */
export class Backoff {
	#tries = 0;
	#delayMs = 0;
	readonly #random: () => number;

	constructor(random: () => number = Math.random) {
		this.#random = random;
	}

	/** The tries since the last success. */
	get tries(): number {
		return this.#tries;
	}

	/** Milliseconds between the last try and the next; 0 before the first. */
	get delayMs(): number {
		return this.#delayMs;
	}

	tried(): void {
		const grown = Math.min(firstMs * 2 ** this.#tries, longestMs);
		this.#tries++;
		this.#delayMs = Math.round(grown * (0.75 + this.#random() / 4));
	}

	succeeded(): void {
		this.#tries = 0;
		this.#delayMs = 0;
	}
}
