import type { Actor, Approval } from '../core/approval.ts';
import type { RunState } from '../core/respond-session.ts';
import type { RuleInfo } from '../core/rule.ts';
import type { Kept, OutputLine, Verdict } from '../core/store.ts';

/** What the engine says of approvals and their runs, and where the operator is among them. */
export type ApprovalsState = {
	readonly list: readonly Approval[];
	readonly runs: readonly RunState[];
	/** The approvals that came from a row: `⚑`. */
	readonly bySeq: ReadonlyMap<number, readonly string[]>;
	readonly limits: ReadonlyMap<string, string>;
	/** Whose yes this console's is; absent until the engine said it. */
	readonly you?: Actor;
	/** Why nothing new is suggested or run. */
	readonly banner?: string;
	readonly isStopped: boolean;
	/** Ids as the queue shows them: while it is looked at new ones join at the end and nothing else moves. */
	readonly queue: readonly string[];
	/** The line of the queue under the hand, by id. */
	readonly selected?: string;
	/** The first line of the whole card that is shown, where it is longer than the screen. */
	readonly top: number;
	/** The card under the live list, by id: the same for as long as it can be. */
	readonly card?: string;
	/** The yes given last: the engine may not have heard of it yet. */
	readonly given?: { readonly approval: string; readonly rev: number; readonly at: number };
	/** The approval whose run a notice named last. */
	readonly named?: string;
};

/** The screen of runs: which one the hand is on, and what it printed. */
export type RunsState = {
	/** By the id of its approval. */
	readonly selected?: string;
	readonly output?: RunOutput;
	/** The output's end stays in sight. */
	readonly isFollowing: boolean;
	/** The first line of the output that is shown while it is not followed. */
	readonly top: number;
};

type RunOutput = {
	readonly approval: string;
	readonly lines: readonly OutputLine[];
	readonly leftOut: number;
};

/** The screen of records. */
export type AuditState = {
	/** Only records that hold this. */
	readonly text: string;
	/** The request whose answer is shown, or waited for. */
	readonly request?: number;
	/** Newest first. */
	readonly records: readonly Kept[];
	readonly verdict?: Verdict;
	/** The record under the hand, by its place in the chain. */
	readonly selected?: number;
};

/** The screen of rules. */
export type RulesState = {
	readonly list: readonly RuleInfo[];
	readonly selected?: string;
	/** The question about rules that is not answered yet, and the one rule it is about. */
	readonly request?: number;
	readonly only?: string;
};

/** Which card the last frame showed, and since when it has stood there unmoved. */
export type Gaze = {
	/** See `gazeKey`. */
	readonly key: string;
	/** False where the frame had no room for all of it. */
	readonly isWhole: boolean;
	/** Milliseconds since the epoch. */
	readonly since: number;
};
