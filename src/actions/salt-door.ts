import type { MinionOrder, RunnerOrder, SaltReturn, TargetType } from '../core/salt-tool.ts';

/** A way to a Salt master: its own commands, or salt-api. Each call throws a Failure where the master does not answer. */
export type SaltDoor = {
	/** `salt CLI`, `salt-api https://…`. */
	readonly how: string;
	/** The accepted minions that a target names, as the master knows them; no minion is asked. */
	match(target: string, type: TargetType, stop: AbortSignal): Promise<readonly string[]>;
	/** Sends an order to minions and does not wait; the job's id. */
	publish(order: MinionOrder, stop: AbortSignal): Promise<string>;
	/** Returns that the master's job cache holds of a job. */
	lookup(jid: string, stop: AbortSignal): Promise<readonly SaltReturn[]>;
	/** Runs on the master and waits. */
	runner(order: RunnerOrder, timeoutMs: number, stop: AbortSignal): Promise<SaltReturn>;
};

/** What asks the job cache. */
export function lookupOrder(jid: string): RunnerOrder {
	return { fun: 'jobs.list_job', args: [], kwargs: { jid } };
}
