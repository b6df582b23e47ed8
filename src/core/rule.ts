import type { CompiledFilter, Decoded } from './criterion.ts';
import type { JsonObject } from './plan.ts';

/** What a rule wants done about what it saw; it becomes a suggestion, or for `notify` a message that runs by itself. */
export type Wish = {
	readonly rule: { readonly id: string; readonly version: string };
	readonly use: 'suggest' | 'notify';
	/** An action's kind, a configured name, `playbook:NAME`, or for `notify` a configured destination's name. */
	readonly action: string;
	readonly params: JsonObject;
	readonly expiresMs: number;
	/** Rows it rests on, oldest first, at most 50; the last is the one that completed it. */
	readonly seqs: readonly number[];
	/** What it was about, by the `count`'s fields or the parameters: one suggestion per rule and key at a time. */
	readonly key: string;
	/** Not again for the same key within. */
	readonly cooldownMs: number;
	/** In words: `Terminal shell in container and 2 within 30 s`. */
	readonly why: string;
	readonly escalate?: { readonly afterMs: number; readonly to: string };
};

/** What went wrong in a rule while it looked at an event: nothing is run, the rest works on. */
export type RuleTrouble = {
	readonly rule: string;
	readonly seq: number;
	/** A sentence: `falco-shell: the template of pod names fields["k8s.pod.name"], which this event has not`. */
	readonly says: string;
	/** It overran its budget a third time and looks at nothing more until it is reloaded. */
	readonly isSuspended: boolean;
};

export type RuleInfo = {
	readonly id: string;
	readonly version: string;
	/** Where it was said: `rules/falco.yaml:3:1`. */
	readonly origin: string;
	readonly match: string;
	readonly says: string;
	readonly suggests: readonly string[];
	readonly hasSamples: boolean;
	readonly state: 'on' | 'suspended' | 'broken';
	/** Why it is broken or suspended. */
	readonly reason?: string;
	readonly seen: number;
	readonly fired: number;
	readonly lastFiredAt?: number;
};

/** One criterion of a rule and whether the event met it. All text may quote the event. */
export type Finding = { readonly says: string; readonly isMet: boolean; readonly why?: string };

export type Explanation = {
	readonly rule: string;
	/** `fired`, `would have fired, but …`, `did not fire`. */
	readonly verdict: 'fired' | 'held back' | 'missed';
	readonly because: string;
	readonly criteria: readonly Finding[];
};

/** Compiled rules as the engine runs them. */
export type RuleBook = {
	/** What any rule might want: rows that do not match it are not decoded. */
	readonly filter: CompiledFilter | undefined;
	/** Looks at one event; `now` in milliseconds since the epoch. Within its budget, never throws. */
	consider(
		seq: number,
		event: Decoded,
		now: number,
	): { readonly wishes: readonly Wish[]; readonly troubles: readonly RuleTrouble[] };
	explain(seq: number, event: Decoded, now: number): readonly Explanation[];
	info(): readonly RuleInfo[];
};
