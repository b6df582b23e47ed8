import { keepSizes } from '../../components/wishes.ts';
import { offers } from '../../src/commands/registry.ts';
import type { Counts, FromEngine, Opened, Row, Window } from '../../src/core/session.ts';
import type { Model } from '../../src/state/model.ts';
import { barCount } from '../../src/state/slices/bars.ts';
import { startModel } from '../../src/state/start.ts';
import { newStore, type Store } from '../../src/state/store.ts';
import { aGap, anEvent, aSource, nanoseconds, storyTime } from './rows.ts';

type Size = { readonly columns: number; readonly rows: number };

/** A night on five sources, its rows told oldest first; `seq` counts from 1. */
export const storyRows: readonly Row[] = [
	salt(-81, 'warn', 'web12', 'salt/beacon/web12/load/', '1m avg 14.2'),
	salt(-62, 'err', 'db3', 'salt/job/20261121030510004411/ret/db3', 'state.apply rc=2', 3),
	salt(-28, 'warn', 'web7', 'salt/beacon/web7/diskusage', '/var 91%'),
	aGap(),
	salt(-10, 'err', 'web12', 'salt/job/20261121030602118843/ret/web12', 'state.apply rc=2', 3),
	falco(-3, 'warn', 'Read sensitive file', 'cat /etc/shadow'),
	falco(0, 'crit', 'Terminal shell in container', 'pay-7d9f'),
	falco(0, 'crit', 'Outbound to C2 list', '203.0.113.7:4444'),
	salt(1, 'warn', 'web12', 'salt/beacon/web12/inotify//etc/passwd', 'MODIFY'),
	falco(8, 'warn', 'Launch suspicious tool', 'nc -e /bin/sh'),
	nats(19, 'notice', 'ops.deploy.payments', '2.14.2 done by olga'),
	salt(21, 'info', 'web3', 'salt/auth', 'pend'),
].map((row, at) => ({ ...row, seq: at + 1 }));

export const storySources = [
	aSource({ lastAt: storyTime + 21_000 }),
	aSource({
		name: 'nats',
		kind: 'nats',
		target: 'nats://nats.internal:4222/ops.>',
		rate: 8,
		received: 4110,
	}),
	aSource({
		name: 'falco',
		kind: 'falco',
		target: '/var/log/falco/events.json',
		rate: 3,
		received: 260,
		canFire: false,
	}),
	aSource({
		name: 'st2',
		kind: 'lines',
		target: 'st2.internal:8888',
		rate: 0,
		received: 13,
		gaps: 1,
		canFire: false,
		link: {
			kind: 'waiting',
			retryAt: storyTime + 27_000,
			reason: 'connection refused',
			attempt: 4,
		},
	}),
];

export const storyCounts: Counts = {
	type: 'counts',
	at: storyTime + 23_000,
	held: 18_204,
	capacity: 1_000_000,
	fallen: 0,
	unkept: 0,
	dropped: 0,
	rate: 42,
	sources: storySources,
};

export function aWindow(of: Partial<Window> = {}): Window {
	return {
		type: 'window',
		view: 1,
		rows: storyRows,
		above: 400,
		below: 0,
		criticalBelow: 0,
		matched: 412,
		isComplete: true,
		held: 18_204,
		first: 1,
		oldest: 1,
		fallen: 0,
		...of,
	};
}

/** A console of this size to which the engine has told the story, and whatever else it says. */
export function storyStore(size: Size, ...told: readonly FromEngine[]): Store {
	const identity = {
		profile: 'prod-eu-1',
		operator: 'olga',
		host: 'bastion',
		isReadOnly: false,
		isOnly: false,
	};
	const now = storyTime + 24_000;
	const model = startModel({
		now,
		size,
		identity,
		timeFormat: 'utc',
		filter: 'src:salt,falco sev>=info -host:web99',
		offers,
	});
	const store = newStore(model, () => {});
	keepSizes(store);
	store.dispatch(storyCounts);
	store.dispatch(someBars(store.getModel()));
	for (const message of [aWindow(), ...told]) store.dispatch(message);
	return store;
}

/** Bars of a night that grows worse. */
function someBars(model: Model): FromEngine {
	const each = (height: (at: number) => number) =>
		Array.from({ length: barCount(model) }, (_, at) => Math.round(height(at)));
	const bars = {
		crit: each((at) => (at > 9 ? (at * 7) % 4 : 0)),
		err: each((at) => (at * 5) % (at + 2)),
		warn: each((at) => 20 + ((at * 13) % 31)),
	};
	const { bucketMs, asked: id } = model.bars;
	return { type: 'bars', id, bucketMs, bars };
}

function salt(
	seconds: number,
	severity: 'err' | 'warn' | 'info',
	who: string,
	tag: string,
	summary: string,
	failed = 0,
): Row {
	const time = nanoseconds(storyTime + seconds * 1000);
	return anEvent({
		severity,
		tag,
		time,
		arrived: time,
		facts: { who, host: who, summary, failed },
	});
}

function falco(seconds: number, severity: 'crit' | 'warn', rule: string, summary: string): Row {
	const time = nanoseconds(storyTime + seconds * 1000);
	const facts = { who: 'web12/payments', summary, rule };
	return anEvent({
		source: 'falco',
		format: 'falco',
		severity,
		tag: `falco/${rule}`,
		time,
		arrived: time,
		facts,
	});
}

function nats(seconds: number, severity: 'notice', tag: string, summary: string): Row {
	const time = nanoseconds(storyTime + seconds * 1000);
	return anEvent({
		source: 'nats',
		format: 'json',
		severity,
		tag,
		time,
		arrived: time,
		facts: { who: '', summary },
	});
}

const job = {
	tag: 'salt/job/20261121030602118843/ret/web12',
	data: {
		fun: 'state.apply',
		fun_args: ['nginx'],
		id: 'web12',
		jid: '20261121030602118843',
		retcode: 2,
		success: false,
		started: 1_795_230_362.118_843,
		total: 9_007_199_254_740_993n,
		user: 'sudo_olga',
		return: { 'file_|-conf_|-/etc/nginx/nginx.conf_|-managed': { result: false, changes: {} } },
		out: 'highstate',
	},
};

/** The failed return of a highstate, opened. */
export const storyOpened: Opened = {
	type: 'opened',
	seq: 5,
	row: storyRows[4] ?? anEvent(),
	ref: '4411c0ffee4411c0',
	data: job.data,
	raw: Buffer.from(JSON.stringify({ ...job.data, total: '9007199254740993' })),
	blocks: [
		{
			type: 'heading',
			text: 'state.apply on web12 FAILED',
			right: '3 failed · 41 ok · 38.4 s',
			tone: 'bad',
		},
		{
			type: 'checks',
			checks: [
				{
					mark: 'failed',
					fun: 'file.managed',
					name: '/etc/nginx/nginx.conf',
					comment: 'Source file salt://nginx/nginx.conf not found in saltenv base',
					durationMs: 412,
				},
				{
					mark: 'failed',
					fun: 'service.running',
					name: 'nginx',
					comment: 'One or more requisite failed',
					durationMs: 1,
				},
				{
					mark: 'failed',
					fun: 'cmd.run',
					name: '/usr/local/bin/reload',
					comment: 'rc 127: command not found',
					durationMs: 20,
				},
				{
					mark: 'changed',
					fun: 'pkg.installed',
					name: 'openssl',
					comment: '3.0.15 → 3.0.17',
					durationMs: 38_000,
					details: { openssl: { old: '3.0.15', new: '3.0.17' } },
				},
				...Array.from({ length: 41 }, (_, at) => ({
					mark: 'ok' as const,
					fun: 'file.managed',
					name: `/etc/conf.d/${at}`,
					comment: 'in the correct state',
				})),
			],
		},
		{
			type: 'table',
			rows: [
				['user', 'sudo_olga'],
				['total', 9_007_199_254_740_993n],
			],
		},
		{ type: 'tree', label: 'data', value: job.data },
	],
};
