import type { Counts, EventRow, Opened, SourceState, Window } from '../../src/core/session.ts';
import type { Effect } from '../../src/state/effect.ts';
import type { Message } from '../../src/state/message.ts';
import type { Model } from '../../src/state/model.ts';
import { startModel } from '../../src/state/start.ts';
import { update } from '../../src/state/update.ts';

/** 21 November 2026, 03:06:12 UTC. */
export const night = Date.UTC(2026, 10, 21, 3, 6, 12);

export function anEventRow(changes: Partial<EventRow> = {}): EventRow {
	return {
		kind: 'event',
		seq: 1,
		source: 'salt',
		format: 'salt',
		severity: 'notice',
		time: BigInt(night) * 1_000_000n,
		arrived: BigInt(night) * 1_000_000n,
		tag: 'salt/beacon/web12/load/',
		facts: { who: 'web12', host: 'web12', summary: '1m avg 14.2', ids: [] },
		bytes: 120,
		...changes,
	};
}

export function aWindow(changes: Partial<Window> = {}): Window {
	const rows = changes.rows ?? [1, 2, 3].map((seq) => anEventRow({ seq }));
	return {
		type: 'window',
		view: 1,
		rows,
		above: 0,
		below: 0,
		criticalBelow: 0,
		matched: rows.length,
		isComplete: true,
		held: rows.length,
		first: 1,
		oldest: 1,
		fallen: 0,
		...changes,
	};
}

export function aSource(changes: Partial<SourceState> = {}): SourceState {
	return {
		name: 'salt',
		kind: 'salt',
		target: '/var/run/salt/master',
		link: { kind: 'live' },
		rate: 31,
		received: 812,
		dropped: 0,
		gaps: 0,
		broken: 0,
		lastAt: night,
		canFire: true,
		isPaused: false,
		...changes,
	};
}

export function someCounts(changes: Partial<Counts> = {}): Counts {
	return {
		type: 'counts',
		at: night,
		held: 3,
		capacity: 1_000_000,
		fallen: 0,
		unkept: 0,
		dropped: 0,
		rate: 42,
		sources: [aSource()],
		...changes,
	};
}

export function anOpened(changes: Partial<Opened> = {}): Opened {
	return {
		type: 'opened',
		seq: 2,
		row: anEventRow({ seq: 2 }),
		data: { fun: 'state.apply', rc: 2 },
		blocks: [],
		...changes,
	};
}

/** A console at night with a list of ten lines and nothing come yet. */
export function aModel(changes: Partial<Model> = {}): Model {
	const model = startModel({
		now: night,
		size: { columns: 80, rows: 24 },
		identity: {
			profile: 'prod',
			operator: 'olga',
			host: 'bastion',
			isReadOnly: false,
			isOnly: false,
		},
		filter: '',
	});
	return { ...model, list: { ...model.list, height: 10 }, ...changes };
}

/** The model after all these facts, and everything they asked for. */
export function told(
	model: Model,
	...messages: readonly Message[]
): { model: Model; effects: readonly Effect[] } {
	const effects: Effect[] = [];
	const end = messages.reduce((current, message) => {
		const step = update(current, message);
		effects.push(...step.effects);
		return step.model;
	}, model);
	return { model: end, effects };
}

/** The model after all these facts. */
export function after(model: Model, ...messages: readonly Message[]): Model {
	return told(model, ...messages).model;
}

/** A console that shows these rows at the tail. */
export function aModelWith(window: Partial<Window> = {}, changes: Partial<Model> = {}): Model {
	return after(aModel(changes), someCounts(), aWindow(window));
}

/** What was asked of the engine. */
export function toEngine(effects: readonly Effect[]) {
	return effects.flatMap((effect) => (effect.type === 'engine' ? [effect.message] : []));
}
