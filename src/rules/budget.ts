const budgetMs = 50;
const maxExcesses = 3;

/** What a rule may cost. The third event that takes it longer than its budget suspends it. */
export class Budget {
	#excesses = 0;

	get isSpent(): boolean {
		return this.#excesses >= maxExcesses;
	}

	/** Says what is wrong where `tookMs` was too long. */
	charge(tookMs: number): string | undefined {
		if (tookMs <= budgetMs) return undefined;
		this.#excesses += 1;
		const took = `one event took ${Math.round(tookMs)} ms of ${budgetMs}`;
		if (!this.isSpent) return `${took} (${this.#excesses} of ${maxExcesses} times)`;
		return `${took} for the ${maxExcesses}rd time: it is suspended until its file changes`;
	}
}
