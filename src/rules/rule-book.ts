import type { Cause } from '../core/cause.ts';
import type { CompiledFilter, Decoded } from '../core/criterion.ts';
import type { Explanation, RuleBook, RuleInfo } from '../core/rule.ts';
import { any } from '../filter/combine.ts';
import type { Rule } from './compile-rule.ts';
import { explain } from './explain.ts';
import { type Found, RunningRule } from './running-rule.ts';

export type BookSetup = {
	/** The run of ours that brought an event about, where its mark is genuine; without it no event is ours. */
	readonly causeOf?: (event: Decoded) => Cause | undefined;
	/** A stopwatch, in milliseconds; without it the thread's own computing time. */
	readonly elapsedMs?: () => number;
};

/** Compiled rules at work, and what is known of those that could not be compiled. */
export class Book implements RuleBook {
	readonly filter: CompiledFilter | undefined;
	readonly rules: readonly Rule[];
	readonly #running: readonly RunningRule[];
	readonly #broken: readonly RuleInfo[];
	readonly #causeOf: (event: Decoded) => Cause | undefined;
	readonly #elapsedMs: () => number;

	constructor(rules: readonly Rule[], broken: readonly RuleInfo[], setup: BookSetup = {}) {
		this.rules = rules;
		this.filter = filterOf(rules);
		this.#running = rules.map((rule) => new RunningRule(rule));
		this.#broken = broken;
		this.#causeOf = setup.causeOf ?? (() => undefined);
		this.#elapsedMs = setup.elapsedMs ?? threadMs;
	}

	consider(seq: number, event: Decoded, now: number): Found {
		const cause = this.#causeOf(event);
		const found = this.#running.map((running) =>
			running.consider(seq, event, now, cause, this.#elapsedMs),
		);
		return {
			wishes: found.flatMap(({ wishes }) => wishes),
			troubles: found.flatMap(({ troubles }) => troubles),
		};
	}

	explain(seq: number, event: Decoded, now: number): readonly Explanation[] {
		const cause = this.#causeOf(event);
		return this.#running.map((running) => explain(running, seq, event, now, cause));
	}

	info(): readonly RuleInfo[] {
		return [...this.#running.map((running) => running.info()), ...this.#broken];
	}

	/** A book of this one rule that has seen nothing yet and is not timed: for samples and backtests. */
	alone(id: string): Book | undefined {
		const rule = this.rules.find((one) => one.id === id);
		if (rule === undefined) return undefined;
		return new Book([rule], [], { causeOf: this.#causeOf, elapsedMs: () => 0 });
	}
}

/** How long this thread has computed: a busy machine makes no rule slow. */
function threadMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

function filterOf(rules: readonly Rule[]): CompiledFilter | undefined {
	if (rules.length === 0) return undefined;
	return {
		text: rules.map(({ filter }) => `(${filter.text})`).join(' or '),
		criterion: any(rules.map(({ filter }) => filter.criterion)),
		forGaps: { kind: 'none' },
	};
}
