import type { RulesInForce } from './rules-in-force.ts';

/** The rules that are at work at this moment: others take their place when their files change. */
export class RulesAtWork {
	/** Reads and compiles the rules anew. */
	readonly load: () => Promise<RulesInForce>;
	#now: RulesInForce;

	constructor(first: RulesInForce, load: () => Promise<RulesInForce>) {
		this.#now = first;
		this.load = load;
	}

	get now(): RulesInForce {
		return this.#now;
	}

	replace(rules: RulesInForce): void {
		this.#now = rules;
	}
}
