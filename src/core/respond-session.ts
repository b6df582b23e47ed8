import type { Actor, Approval } from './approval.ts';
import type { JsonObject } from './plan.ts';
import type { Explanation, RuleInfo } from './rule.ts';
import type { Kept, OutputLine, Verdict } from './store.ts';
import type { Tier } from './tier.ts';

/** What a console asks about rules, approvals, runs and audit. `id`s are the console's, answers carry them. */
export type RespondToEngine =
	/** Plan this for the event or the target; it is proposed if it can be. Answered by `deed.answered`. */
	| {
			readonly type: 'deed.asked';
			readonly id: number;
			readonly action: string;
			readonly seq?: number;
			readonly target?: string;
			readonly params?: JsonObject;
	  }
	/** Which actions fit this event: the `x` menu. Answered by `deeds`. */
	| { readonly type: 'deeds.wanted'; readonly id: number; readonly seq: number }
	/**
	 * A yes to this very plan. `typedName` and `reason` where the tier needs them: see `needOf`. A yes, like a no,
	 * that comes too late is answered by a `notice` that says who was first, or why it cannot be any more.
	 */
	| {
			readonly type: 'approved';
			readonly approval: string;
			readonly contentHash: string;
			readonly typedName?: string;
			readonly reason?: string;
	  }
	| { readonly type: 'rejected'; readonly approval: string; readonly reason: string }
	| { readonly type: 'snoozed'; readonly approval: string; readonly untilMs: number }
	/** New parameters: the old plan is superseded, the new one is proposed under a new hash. Answered by `deed.answered`. */
	| {
			readonly type: 'edited';
			readonly id: number;
			readonly approval: string;
			readonly params: JsonObject;
	  }
	/** Plan the inverse of that run. Answered by `deed.answered`. */
	| { readonly type: 'undo.asked'; readonly id: number; readonly approval: string }
	/** Plan the same again. Answered by `deed.answered`. */
	| { readonly type: 'retry.asked'; readonly id: number; readonly approval: string }
	| { readonly type: 'run.stopped'; readonly approval: string; readonly isWanted: boolean }
	| { readonly type: 'run.killed'; readonly approval: string }
	/** An unknown outcome, looked into by a person. */
	| { readonly type: 'settled'; readonly approval: string; readonly note: string }
	/** From now on this run's output is watched: `output` at once and again whenever it grew, until another is wanted. */
	| { readonly type: 'output.wanted'; readonly approval: string }
	/** Records that hold `text`, the newest `limit`. Answered by `audit`. */
	| {
			readonly type: 'audit.wanted';
			readonly id: number;
			readonly text: string;
			readonly limit: number;
	  }
	/** Why each rule did or did not fire. Answered by `explained`. */
	| { readonly type: 'explain.wanted'; readonly id: number; readonly seq: number }
	/** Replay the rule over the buffer. Answered by `backtested`. */
	| { readonly type: 'backtest.wanted'; readonly id: number; readonly rule: string }
	/** What firing this would wake. Answered by `waking`. */
	| {
			readonly type: 'waking.wanted';
			readonly id: number;
			readonly source: string;
			readonly tag: string;
			readonly data: unknown;
	  }
	| { readonly type: 'acknowledged'; readonly id: number; readonly seqs: readonly number[] }
	| {
			readonly type: 'noted';
			readonly id: number;
			readonly seqs: readonly number[];
			readonly text: string;
	  }
	| {
			readonly type: 'silenced';
			readonly id: number;
			readonly filter: string;
			readonly untilMs: number;
	  }
	/** Takes back a claim, a note or a silence by its store id. */
	| { readonly type: 'taken-back'; readonly record: string };

/** An action the `x` menu offers. */
export type DeedOffer = {
	readonly action: string;
	readonly title: string;
	readonly letter?: string;
	readonly tier: Tier;
	/** The target in words, from the event: hostile text. */
	readonly target: string;
	/** Why it cannot be asked for; it stays in the menu, dimmed. */
	readonly blocked?: string;
};

/** A silence, a claim, a note: T1, ours. */
export type Mark = {
	readonly record: string;
	readonly kind: 'claim' | 'note' | 'silence';
	readonly by: string;
	readonly at: string;
	readonly text: string;
	readonly seqs: readonly number[];
	readonly refs: readonly string[];
	/** Milliseconds since the epoch, for silences. */
	readonly untilMs?: number;
};

/** How far a run is. */
export type RunState = {
	readonly approval: string;
	readonly step: number;
	readonly states: readonly ('waiting' | 'running' | 'done' | 'failed' | 'skipped')[];
	readonly says: readonly string[];
	readonly lines: number;
	readonly isStopping: boolean;
};

export type RespondFromEngine =
	/** All that are open and the newest that ended (200); sent whole when anything of it changed. */
	| {
			readonly type: 'approvals';
			readonly list: readonly Approval[];
			readonly runs: readonly RunState[];
			/** Whose yes this console's is. */
			readonly you: Actor;
			/** What policy says of an open one: `1 of 3 runs in 10 min in payments`. */
			readonly limits?: readonly (readonly [approval: string, says: string])[];
			/** Which row each open suggestion came from: `⚑` in the list. */
			readonly bySeq: readonly (readonly [seq: number, approval: string])[];
			readonly isStopped: boolean;
			/** Why nothing new is suggested or run: the kill switch, the breaker, a store that cannot be written. */
			readonly banner?: string;
	  }
	| { readonly type: 'marks'; readonly marks: readonly Mark[] }
	| { readonly type: 'rules'; readonly rules: readonly RuleInfo[] }
	| {
			readonly type: 'deed.answered';
			readonly id: number;
			readonly approval?: string;
			/** Why there is no plan. */
			readonly refused?: string;
	  }
	| { readonly type: 'deeds'; readonly id: number; readonly offers: readonly DeedOffer[] }
	| {
			readonly type: 'output';
			readonly approval: string;
			readonly lines: readonly OutputLine[];
			readonly leftOut: number;
	  }
	| {
			readonly type: 'audit';
			readonly id: number;
			readonly records: readonly Kept[];
			readonly verdict: Verdict;
	  }
	| { readonly type: 'explained'; readonly id: number; readonly rules: readonly Explanation[] }
	| {
			readonly type: 'backtested';
			readonly id: number;
			readonly rule: string;
			readonly looked: number;
			readonly would: readonly { readonly seq: number; readonly says: string }[];
			readonly says: string;
	  }
	| {
			readonly type: 'waking';
			readonly id: number;
			readonly wakes: readonly { readonly says: string; readonly tier: Tier }[];
			readonly tier: Tier;
			/** What could not be looked at: `the master's reactors cannot be read`. */
			readonly unknown?: string;
	  };
