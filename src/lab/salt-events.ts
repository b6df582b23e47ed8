import type { Host } from './hosts.ts';
import type { Stage, Telling } from './stage.ts';

/** What a minion sends back. */
type Return = {
	readonly minion: Host;
	/** How long it takes, in milliseconds after the return before. */
	readonly afterMs: number;
	readonly value: unknown;
	readonly retcode?: number;
};

export type Job = {
	readonly user: string;
	readonly fun: string;
	readonly args: readonly unknown[];
	readonly target: string;
	readonly returns: readonly Return[];
	/** How Salt would print it: `highstate`. */
	readonly out?: string;
};

/** A job from its publication to its last return. A minion that is down never answers. */
export function* job(stage: Stage, { user, fun, args, target, returns, out }: Job): Telling {
	const jid = jobId(stage.clock.now());
	const minions = returns.map(({ minion }) => minion.id);
	stage.salt(jid, { minions });
	stage.salt(`salt/job/${jid}/new`, {
		...{ jid, tgt_type: 'glob', tgt: target, user, fun, arg: args, minions, missing: [] },
	});
	for (const { minion, afterMs, value, retcode = 0 } of returns) {
		yield afterMs;
		if (!minion.isUp) continue;
		stage.salt(`salt/job/${jid}/ret/${minion.id}`, {
			...{
				cmd: '_return',
				id: minion.id,
				success: retcode === 0,
				return: value,
				retcode,
				jid,
				fun,
			},
			...{ fun_args: args, user, ts: Math.floor(stage.clock.now() / 1000) },
			...(out === undefined ? {} : { out }),
		});
	}
}

/** What a minion's own schedule sends back, if it is up. */
export function scheduled(
	stage: Stage,
	run: {
		readonly minion: Host;
		readonly fun: string;
		readonly value: unknown;
		readonly schedule: string;
	},
): void {
	const { minion, fun, value, schedule } = run;
	if (!minion.isUp) return;
	const now = stage.clock.now();
	const jid = jobId(now);
	stage.salt(`salt/job/${jid}/ret/${minion.id}`, {
		...{
			cmd: '_return',
			id: minion.id,
			fun,
			fun_args: [],
			schedule,
			jid,
			pid: 3015,
			return: value,
		},
		...{
			retcode: 0,
			success: true,
			ts: Math.floor(now / 1000),
			arg: [],
			tgt_type: 'glob',
			tgt: minion.id,
		},
	});
}

/** Something that the master asks itself. */
export function runner(
	stage: Stage,
	run: { readonly user: string; readonly fun: string; readonly value: unknown },
): void {
	const jid = jobId(stage.clock.now());
	const asked = { fun: `runner.${run.fun}`, jid, user: run.user, fun_args: [] };
	stage.salt(`salt/run/${jid}/new`, asked);
	stage.salt(`salt/run/${jid}/ret`, { ...asked, return: run.value, success: true });
}

/** A beacon of a minion, if it is up; `rest` is what stands behind the beacon's name in the tag. */
export function beacon(
	stage: Stage,
	host: Host,
	name: string,
	data: Readonly<Record<string, unknown>>,
	rest = '',
): void {
	if (host.isUp) stage.salt(`salt/beacon/${host.id}/${name}/${rest}`, { ...data, id: host.id });
}

export function loadBeacon(stage: Stage, host: Host): void {
	const { load } = host;
	const averages = { '1m': load, '5m': load * 0.8, '15m': load * 0.6 };
	beacon(
		stage,
		host,
		'load',
		mapValues(averages, (value) => Math.round(value * 100) / 100),
	);
}

export function diskBeacon(stage: Stage, host: Host): void {
	beacon(stage, host, 'diskusage', { diskusage: Math.round(host.disk * 10) / 10, mount: '/var' });
}

export function memoryBeacon(stage: Stage, host: Host): void {
	beacon(stage, host, 'memusage', { memusage: Math.round(host.memory * 10) / 10 });
}

/** Who answers. */
export function presence(stage: Stage): void {
	const present = Object.values(stage.hosts).filter(({ isUp }) => isUp);
	stage.salt('salt/presence/present', { present: present.map(({ id }) => id) });
}

export function goesDown(stage: Stage, host: Host): void {
	host.isUp = false;
	stage.salt('salt/presence/change', { new: [], lost: [host.id] });
}

export function* comesBack(stage: Stage, host: Host): Telling {
	host.isUp = true;
	const now = stage.clock.now();
	const ts = Math.floor(now / 1000);
	stage.salt('salt/auth', { result: true, act: 'accept', id: host.id, pub: publicKey });
	yield 250;
	const data = `Minion ${host.id} started at ${new Date(now).toUTCString()}`;
	for (const tag of ['minion_start', `salt/minion/${host.id}/start`]) {
		stage.salt(tag, { id: host.id, cmd: '_minion_event', pretag: null, data, tag, ts });
	}
	yield 300;
	stage.salt('salt/presence/change', { new: [host.id], lost: [] });
}

const publicKey =
	'-----BEGIN PUBLIC KEY-----\nTGFiIGtleTogaXQgb3BlbnMgbm90aGluZy4=\n-----END PUBLIC KEY-----';

/** Twenty digits: the time with microseconds. */
function jobId(ms: number): string {
	return stamp(ms).replace(/\D/g, '');
}

/** As Salt stamps its events: ISO with microseconds and no zone. */
export function stamp(ms: number): string {
	const micros = String(Math.floor((ms % 1) * 1000)).padStart(3, '0');
	return `${new Date(ms).toISOString().slice(0, -1)}${micros}`;
}

function mapValues<T, U>(
	record: Readonly<Record<string, T>>,
	change: (value: T) => U,
): Record<string, U> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
