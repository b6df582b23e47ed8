import type { Cause } from '../core/cause.ts';
import type { Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import type { RuleInfo, RuleTrouble, Wish } from '../core/rule.ts';
import { Budget } from './budget.ts';
import type { Rule } from './compile-rule.ts';
import { CountWindow } from './count-window.ts';
import { eventLookup } from './event-scope.ts';
import { countKey, keepsOff, meets, ruleSays, wishesOf } from './run-rule.ts';

/** How many of the rows it fired for a rule remembers. */
const remembered = 1000;

export type Found = { readonly wishes: readonly Wish[]; readonly troubles: readonly RuleTrouble[] };

const nothing: Found = { wishes: [], troubles: [] };

/** A rule at work: what it has counted, what it has cost, what it fired for. */
export class RunningRule {
	readonly rule: Rule;
	readonly window: CountWindow | undefined;
	readonly #budget = new Budget();
	readonly #firedFor = new Set<number>();
	#reason: string | undefined;
	#seen = 0;
	#fired = 0;
	#lastFiredAt: number | undefined;

	constructor(rule: Rule) {
		this.rule = rule;
		const { count } = rule.spec;
		this.window = count && new CountWindow(count.at_least, count.within);
	}

	/** Why it looks at nothing any more. */
	get suspended(): string | undefined {
		return this.#budget.isSpent ? this.#reason : undefined;
	}

	hasFiredFor(seq: number): boolean {
		return this.#firedFor.has(seq);
	}

	/** Looks at one event. `elapsedMs` is a stopwatch. Never throws. */
	consider(
		seq: number,
		event: Decoded,
		now: number,
		cause: Cause | undefined,
		elapsedMs: () => number,
	): Found {
		if (this.#budget.isSpent) return nothing;
		const start = elapsedMs();
		const found = this.#look(seq, event, now, cause);
		const overrun = this.#budget.charge(elapsedMs() - start);
		if (overrun === undefined) return found;
		this.#reason = overrun;
		const says = `${this.rule.id}: ${overrun}`;
		const trouble = { rule: this.rule.id, seq, says, isSuspended: this.#budget.isSpent };
		// What took too long is not carried out: nobody knows what it was made to do.
		return { wishes: [], troubles: [...found.troubles, trouble] };
	}

	info(): RuleInfo {
		const { id, version, origin, spec, asks } = this.rule;
		const { suspended } = this;
		return {
			id,
			version,
			origin,
			match: spec.match,
			says: ruleSays(spec),
			suggests: asks.map(({ action }) => action),
			hasSamples: spec.samples !== undefined,
			state: suspended === undefined ? 'on' : 'suspended',
			...(suspended !== undefined && { reason: suspended }),
			seen: this.#seen,
			fired: this.#fired,
			...(this.#lastFiredAt !== undefined && { lastFiredAt: this.#lastFiredAt }),
		};
	}

	#look(seq: number, event: Decoded, now: number, cause: Cause | undefined): Found {
		try {
			if (!meets(this.rule, event)) return nothing;
			this.#seen += 1;
			if (keepsOff(this.rule, cause) !== undefined) return nothing;
			return this.#count(seq, event, now);
		} catch (thrown) {
			return { wishes: [], troubles: [this.#trouble(seq, `${this.rule.id}: ${reasonOf(thrown)}`)] };
		}
	}

	#count(seq: number, event: Decoded, now: number): Found {
		const counted = countKey(this.rule, event);
		if ('missing' in counted) return nothing;
		const seqs = this.window === undefined ? [seq] : this.window.add(counted.key, seq, now);
		if (seqs === undefined) return nothing;
		const { key } = counted;
		const { wishes, troubles } = wishesOf(this.rule, eventLookup(event), { key, seqs });
		if (wishes.length > 0) this.#remember(seq, now);
		return { wishes, troubles: troubles.map((says) => this.#trouble(seq, says)) };
	}

	#trouble(seq: number, says: string): RuleTrouble {
		return { rule: this.rule.id, seq, says, isSuspended: false };
	}

	#remember(seq: number, now: number): void {
		this.#fired += 1;
		this.#lastFiredAt = now;
		this.#firedFor.add(seq);
		const [oldest] = this.#firedFor;
		if (this.#firedFor.size > remembered && oldest !== undefined) this.#firedFor.delete(oldest);
	}
}
