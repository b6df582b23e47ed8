import type { Actor, Approval } from '../core/approval.ts';
import type { RunState } from '../core/respond-session.ts';

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

/** Which card the last frame showed, and since when it has stood there unmoved. */
export type Gaze = {
	/** See `gazeKey`. */
	readonly key: string;
	/** False where the frame had no room for all of it. */
	readonly isWhole: boolean;
	/** Milliseconds since the epoch. */
	readonly since: number;
};
