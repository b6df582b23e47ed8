import { processEvent } from './falco-events.ts';
import { drift, type Host } from './hosts.ts';
import {
	beacon,
	diskBeacon,
	job,
	loadBeacon,
	memoryBeacon,
	presence,
	runner,
	scheduled,
} from './salt-events.ts';
import type { Stage, Telling } from './stage.ts';

const services = ['payments', 'search', 'cart'] as const;

/** Listed as often as they are usual. */
const everyday: readonly [Happening, ...Happening[]] = [
	...([beacons, beacons, beacons, beacons, beacons] as const),
	...([health, health, health, latency, latency, order, order] as const),
	...([routine, routine, noise, heartbeat, errand, ping, fileserver] as const),
];

type Happening = (stage: Stage) => Telling | undefined;

/**
 * What happens all the time, whatever the act: beacons, health, small jobs, a noisy neighbour. It comes in flurries,
 * as on real buses, and leaves the screen time to be read. Never ends.
 */
export function* hum(stage: Stage): Telling {
	const { chance } = stage;
	presence(stage);
	health(stage);
	routine(stage);
	for (;;) {
		yield chance.between(200, 900);
		for (let left = chance.whole(1, 5); left > 0; left--) {
			const telling = chance.pick(everyday)(stage);
			if (telling) yield* telling;
		}
	}
}

function anyHost({ chance, hosts }: Stage): Host {
	return chance.pick([hosts.web12, hosts.web7, hosts.db3, hosts.web99]);
}

function beacons(stage: Stage): undefined {
	const host = anyHost(stage);
	drift(host, stage.chance);
	stage.chance.pick([loadBeacon, loadBeacon, memoryBeacon, diskBeacon, serviceBeacon])(stage, host);
}

function serviceBeacon(stage: Stage, host: Host): void {
	const name = host.id === 'db3' ? 'postgresql' : 'nginx';
	beacon(stage, host, 'service', { [name]: { running: true }, service_name: name }, name);
}

function health(stage: Stage): undefined {
	const service = stage.chance.pick(services);
	const pods = stage.cluster.pods.filter(({ ns }) => ns === service);
	const ready = pods.filter(({ isIsolated }) => !isIsolated).length;
	stage.ops(`ops.health.${service}`, { service, ready, wanted: pods.length, level: 'info' });
}

function latency(stage: Stage): undefined {
	const service = stage.chance.pick(services);
	const p99 = Math.round(stage.chance.between(40, 380));
	const level = p99 > 350 ? 'warning' : 'info';
	stage.ops(`ops.latency.${service}`, { service, level, p50_ms: Math.round(p99 / 4), p99_ms: p99 });
}

function order(stage: Stage): undefined {
	const { chance } = stage;
	const amount = Math.round(chance.between(500, 25_000)) / 100;
	const currency = chance.pick(['EUR', 'EUR', 'USD', 'CHF']);
	stage.ops('ops.cart.checkout', { order: `O-${chance.whole(10_000, 99_999)}`, amount, currency });
}

/** A few containers do what Falco notices and nobody minds. */
function routine(stage: Stage): undefined {
	const { chance, cluster } = stage;
	const quiet = cluster.pods.filter(({ node }) => node !== 'web12');
	const pod = quiet[chance.whole(0, quiet.length - 1)];
	if (!pod) return;
	const process = {
		name: 'entrypoint.sh',
		line: 'entrypoint.sh --warm',
		parent: 'containerd-shim',
		user: 'root',
		uid: 0,
	};
	stage.falco(
		processEvent({ node: pod.node, pod }, process, {
			rule: 'Container Run as Root User',
			priority: 'Informational',
			text: 'Container launched with root user privilege',
			tags: ['T1610', 'container', 'maturity_sandbox', 'mitre_execution', 'process', 'users'],
		}),
	);
}

/** web99 is the host with the backup job that everyone knows and filters out. */
function noise(stage: Stage): undefined {
	const process = {
		name: 'tar',
		line: 'tar czf /backup/etc.tgz /etc',
		parent: 'cron',
		user: 'root',
		uid: 0,
	};
	stage.falco(
		processEvent({ node: 'web99' }, process, {
			rule: 'Read sensitive file untrusted',
			priority: 'Warning',
			text: 'Sensitive file opened for reading by non-trusted program | file=/etc/shadow',
			tags: ['T1555', 'filesystem', 'host', 'maturity_stable', 'mitre_credential_access'],
			fields: { 'evt.type': 'openat', 'fd.name': '/etc/shadow' },
		}),
	);
}

/** A minion's own schedule: a return that nobody asked for. */
function heartbeat(stage: Stage): undefined {
	const minion = anyHost(stage);
	scheduled(stage, { minion, fun: 'test.ping', value: true, schedule: 'heartbeat' });
}

/** Salt's own questions, and what a script of somebody's fires. */
function errand(stage: Stage): undefined {
	const { chance, hosts } = stage;
	const up = Object.values(hosts).filter(({ isUp }) => isUp);
	const doing: readonly [() => void, ...(() => void)[]] = [
		() => runner(stage, { user: 'monitor', fun: 'manage.up', value: up.map(({ id }) => id) }),
		() =>
			stage.salt(`minion/refresh/${hosts.web7.id}`, { 'Minion data cache refresh': hosts.web7.id }),
		() =>
			stage.salt('ops/backup/finished', {
				host: 'web99',
				gigabytes: chance.whole(2, 9),
				status: 'ok',
			}),
	];
	chance.pick(doing)();
}

function ping(stage: Stage): Telling {
	const { chance, hosts } = stage;
	const returns = Object.values(hosts).map((minion) => {
		return { minion, afterMs: chance.between(5, 60), value: true };
	});
	const user = chance.pick(['olga', 'sudo_ivan', 'monitor']);
	return job(stage, { user, fun: 'test.ping', args: [], target: '*', returns });
}

function fileserver(stage: Stage): undefined {
	const changed = stage.chance.isOneIn(4) ? ['nginx/nginx.conf'] : [];
	const files = { changed, added: [], removed: [] };
	stage.salt('salt/fileserver/roots/update', {
		changed: changed.length > 0,
		files,
		backend: 'roots',
	});
}
