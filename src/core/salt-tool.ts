import type { Json } from './plan.ts';

export type TargetType = 'glob' | 'list' | 'compound' | 'grain' | 'nodegroup';

type Call = {
	/** `service.restart`. */
	readonly fun: string;
	readonly args: readonly Json[];
	readonly kwargs: Readonly<Record<string, Json>>;
};

/** An order to minions. */
export type MinionOrder = Call & {
	/** In Salt's own words: `web*`, or ids with commas for a list. */
	readonly target: string;
	readonly targetType: TargetType;
};

/** An order to the master itself. */
export type RunnerOrder = Call;

export type SaltReturn = {
	/** Its id; for a runner the master's word for itself. */
	readonly minion: string;
	/** False where its code is not 0, it says so, or one of its states failed. */
	readonly isGood: boolean;
	readonly retcode: number;
	readonly data: unknown;
};

/** A minion that was called and has not returned; `isRunning` where it said that it still works on it. */
export type SaltMissing = { readonly minion: string; readonly isRunning: boolean };

/** A started job: who was called, and what comes back. */
export type SaltJob = {
	readonly jid: string;
	readonly minions: readonly string[];
	/**
	 * Returns as they come over the bus, else from the master's job cache; ends when all came, after `timeoutMs` in
	 * which the silent are asked once whether they still work on it, or when `stop` aborts.
	 */
	returns(timeoutMs: number, stop: AbortSignal): AsyncIterable<SaltReturn>;
	/** Who has not returned yet; complete once `returns` has ended. */
	missing(): readonly SaltMissing[];
};

/** Salt by way of its master. Each call throws a Failure where the master does not answer or refuses. */
export type SaltTool = {
	/** How it is reached: `salt CLI`, `salt-api https://…`. */
	readonly how: string;
	/** The accepted minions that a target names, as the master knows them; nothing is run on them. */
	match(target: string, type: TargetType, stop: AbortSignal): Promise<readonly string[]>;
	/** Sends an order to minions. Throws a Doubt where nobody can tell whether it went out. */
	start(order: MinionOrder, stop: AbortSignal): Promise<SaltJob>;
	/** Runs on the master and waits. Throws a Doubt where it was begun and did not end in time. */
	runner(order: RunnerOrder, timeoutMs: number, stop: AbortSignal): Promise<SaltReturn>;
};
