import { saltClient } from '../../src/actions/salt-client.ts';
import type { SaltDoor } from '../../src/actions/salt-door.ts';
import type { Arrivals } from '../../src/actions/salt-ear.ts';
import { saltReturn } from '../../src/actions/salt-returns.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { MinionOrder, SaltTool } from '../../src/core/salt-tool.ts';
import type { Tools } from '../../src/core/tools.ts';
import { aBell } from './a-bell.ts';
import { fakeClock } from './fake-clock.ts';
import { someTools } from './some-tools.ts';

type Data = Readonly<Record<string, unknown>>;
/** What a minion does with an order: its return's parts, or nothing where it stays silent. */
export type Minion = (order: MinionOrder) => Data | undefined;

export const isWell: Minion = () => ({ return: true, retcode: 0, success: true });

export type SaltMaster = {
	/** By id; may be changed while a test goes on. */
	readonly minions: Map<string, Minion>;
	readonly orders: MinionOrder[];
	/** What the job cache knows of a job, by its id. */
	readonly cache: Map<string, Record<string, Data>>;
	readonly lookups: () => number;
	/** Whether returns are heard over the bus, or only kept in the cache. */
	isHeard: boolean;
	/** An event on the master's bus. */
	emit(tag: string, data: unknown): void;
	salt(clock?: Clock): SaltTool;
	tools(more?: Partial<Tools>): Tools;
};

/** A Salt master in memory: it knows its minions, answers for them at once, and keeps a job cache. */
export function aSaltMaster(minions: Readonly<Record<string, Minion>>): SaltMaster {
	const bell = aBell();
	const events: { readonly tag: string; readonly data: unknown }[] = [];
	let jobs = 0;
	let lookups = 0;

	const master: SaltMaster = {
		minions: new Map(Object.entries(minions)),
		orders: [],
		cache: new Map(),
		lookups: () => lookups,
		isHeard: true,
		emit(tag, data) {
			events.push({ tag, data });
			bell.ring();
		},
		salt: (clock = fakeClock()) => saltClient(door, arrivals, clock),
		tools: (more) => someTools({ salt: async () => master.salt(more?.clock), ...more }),
	};

	const arrivals: Arrivals = async function* (_filter, stop) {
		stop.addEventListener('abort', bell.ring, { once: true });
		for (let at = events.length; ; at++) {
			await bell.until('an event', () => stop.aborted || events.length > at);
			const event = events[at];
			if (stop.aborted || !event) return;
			yield event;
		}
	};

	const door: SaltDoor = {
		how: 'a master in memory',
		async match(target, type) {
			const known = [...master.minions.keys()];
			if (type === 'list') return target.split(',').filter((id) => master.minions.has(id));
			const pattern = new RegExp(`^${target.replaceAll('*', '.*')}$`, 'u');
			return known.filter((id) => pattern.test(id));
		},
		async publish(order) {
			jobs += 1;
			const jid = `202611210930${String(jobs).padStart(8, '0')}`;
			master.orders.push(order);
			for (const id of order.target.split(',')) answer(jid, id, order);
			return jid;
		},
		async lookup(jid) {
			lookups += 1;
			const found = Object.entries(master.cache.get(jid) ?? {});
			return found.map(([id, data]) =>
				saltReturn(id, { return: undefined, retcode: 0, success: true, ...data }),
			);
		},
		runner: async ({ fun, args, kwargs }) =>
			saltReturn('master', { return: { fun, args, kwargs }, retcode: 0, success: true }),
	};

	function answer(jid: string, id: string, order: MinionOrder): void {
		const data = master.minions.get(id)?.(order);
		if (data === undefined) return;
		master.cache.set(jid, { ...master.cache.get(jid), [id]: data });
		if (master.isHeard)
			master.emit(`salt/job/${jid}/ret/${id}`, { id, jid, fun: order.fun, ...data });
	}

	return master;
}
