import type { Facts } from './facts.ts';
import type { Deed, JsonObject, Plan, Undo } from './plan.ts';
import type { Tier } from './tier.ts';
import type { Tools } from './tools.ts';

/** What a running deed tells. All text may quote hostile output. */
export type Progress =
	/** `step` counts from 0 in the plan's steps. */
	| {
			readonly kind: 'step';
			readonly step: number;
			readonly state: 'started' | 'done' | 'failed' | 'skipped';
			readonly says?: string;
	  }
	| {
			readonly kind: 'output';
			readonly step: number;
			readonly stream: 'out' | 'err';
			readonly text: string;
	  }
	/** What will take back what comes next: stored and flushed before the deed is asked for more. Replaces an earlier one. */
	| { readonly kind: 'undo'; readonly undo: Undo }
	/** A sentence for the outcome: `already`, `2 of 3 minions answered`. */
	| { readonly kind: 'note'; readonly says: string }
	| AskedNext;

/** What is to be proposed now, for a yes of its own: the rest of a playbook behind a pause. */
export type AskedNext = {
	readonly kind: 'ask';
	readonly action: string;
	readonly params: JsonObject;
	readonly says: string;
	readonly expiresMs: number;
};

/** Thrown by `run` and `plan`: a reason not to, found before anything changed. The outcome is `refused`. */
export class Refusal extends Error {
	override readonly name: string = 'Refusal';
}

/** A Refusal for want of rights. */
export class Denial extends Refusal {
	override readonly name = 'Denial';
}

/** Thrown by `run`: nobody can tell whether it happened. The outcome is `unknown`. */
export class Doubt extends Error {
	override readonly name = 'Doubt';
}

/** A kind of deed. */
export type Action<Params = unknown> = {
	/** `k8s.isolate-pod`. */
	readonly kind: string;
	readonly version: number;
	readonly title: string;
	/** The floor; configuration may raise it, never lower it. */
	readonly tier: Tier;
	/** The floor where the parameters alone make it another: `test=True` observes, a configured inverse makes a T2. */
	tierFor?(params: Params): Tier;
	/** The kind that takes it back; every T2 has one. */
	readonly inverse?: string;
	/** It cuts something off from the rest until it is taken back: when that has stood long enough, it is asked about. */
	readonly contains?: true;
	/** The letter that picks it in the `x` menu. */
	readonly letter?: string;
	/** YAML of its parameters; the docs test runs it through `parse`. */
	readonly example: string;
	/** Parameters checked, with zod; throws a Failure whose sentence names what is wrong. */
	parse(raw: unknown): Params;
	/** The parameters that the command line's TARGET means (`payments/pay-7d9f`); throws a Failure on what it cannot mean. */
	target(text: string): JsonObject;
	/** The parameters for what an event is about; undefined where the menu does not offer it. */
	fits(facts: Facts, fields: Readonly<Record<string, unknown>> | undefined): JsonObject | undefined;
	/**
	 * Looks, changes nothing: pins targets, names steps, blast radius, and the same deed as command lines. Throws a
	 * Refusal for a target it must not touch (not there, protected by its nature, no rights).
	 */
	plan(params: Params, tools: Tools, stop: AbortSignal): Promise<Deed>;
	/** Again, right before the deed: a reason not to (`target changed: pod uid is now …`). */
	precheck(plan: Plan, tools: Tools, stop: AbortSignal): Promise<string | undefined>;
	/**
	 * Does it. Ends: ok. Throws a Refusal: refused, nothing was changed. A Doubt: unknown. Anything else: failed.
	 * `stop` aborts a run that is to be killed.
	 */
	run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncIterable<Progress>;
	/**
	 * The parameters to go on with after a run of this plan that ended halfway; `undo` is what was last stored for it.
	 * Without it a retry begins anew.
	 */
	resume?(plan: Plan, undo: Undo): JsonObject;
};
