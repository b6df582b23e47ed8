import type { Clock } from '../core/clock.ts';
import type { MinionOrder, SaltTool } from '../core/salt-tool.ts';
import type { SaltDoor } from './salt-door.ts';
import { type Arrivals, Ear } from './salt-ear.ts';
import { Job } from './salt-job.ts';

const findMs = 8000;

/** Salt through a door, its returns awaited on this engine's buses. */
export function saltClient(door: SaltDoor, arrivals: Arrivals, clock: Clock): SaltTool {
	type StillRunning = (minions: readonly string[], stop: AbortSignal) => Promise<readonly string[]>;

	const send = async (
		order: MinionOrder,
		stillRunning: (jid: string) => StillRunning,
		stop: AbortSignal,
	): Promise<Job> => {
		const ear = new Ear(arrivals);
		try {
			const jid = await door.publish(order, stop);
			const minions = order.target.split(',');
			return new Job({ jid, minions, door, ear, clock, stillRunning: stillRunning(jid) });
		} catch (thrown) {
			ear.close();
			throw thrown;
		}
	};

	/** Asked once, of those who are silent; who is silent to that too is missing. */
	const findJob =
		(jid: string): StillRunning =>
		async (minions, stop) => {
			const call = { fun: 'saltutil.find_job', args: [jid], kwargs: {} };
			const order = { ...call, target: minions.join(','), targetType: 'list' } as const;
			const asked = await send(order, () => async () => [], stop);
			const running: string[] = [];
			for await (const { minion, data } of asked.returns(findMs, stop)) {
				if (isJob(data)) running.push(minion);
			}
			return running;
		};

	return {
		how: door.how,
		match: door.match,
		start: (order, stop) => send(order, findJob, stop),
		runner: door.runner,
	};
}

/** A minion that does not know the job answers with an empty map. */
function isJob(data: unknown): boolean {
	return typeof data === 'object' && data !== null && Object.keys(data).length > 0;
}
