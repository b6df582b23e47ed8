import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { stringify } from 'yaml';
import { salt } from '../../connectors/salt.ts';
import { aSink, type RecordingSink } from './a-sink.ts';
import { freePort } from './free-port.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';
import { needServer, type Release } from './servers.ts';
import { tempFolder } from './temp-folder.ts';

/** Real daemons take some seconds to start, more where the machine is busy. */
const patienceMs = 90_000;

export type LabShape = {
	readonly release: Release;
	readonly minions?: readonly string[];
	/** `ipc_mode: tcp` for all daemons. */
	readonly isTcp?: boolean;
	/** Files below the master's file root: `{ 'broken.sls': '…' }`. */
	readonly states?: Readonly<Record<string, string>>;
};

export type Output = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A real Salt master and its minions, on private sockets and loopback ports. */
export type SaltLab = {
	/** What the connector takes for the master's bus, and for a minion's. */
	readonly master: Readonly<Record<string, unknown>>;
	minion(id: string): Readonly<Record<string, unknown>>;
	/** What came over the master's bus since before it was started. */
	readonly bus: RecordingSink;
	/** Opens another reader, which ends with the lab. */
	read(raw: Readonly<Record<string, unknown>>): RecordingSink;
	/** Ends all readers, so that nobody is attached but whom the test attaches. */
	stopReading(): Promise<void>;
	/** Runs one of Salt's commands to its end: `salt`, `salt-run`, `salt-call` (on the named minion). */
	run(program: string, args: readonly string[], minion?: string): Promise<Output>;
	/** Where a command of this release is, and the arguments that point it at this lab's master. */
	readonly command: (program: string) => readonly [path: string, ...args: string[]];
	killMaster(): Promise<void>;
	startMaster(): void;
	/** The master's processes, by their group. */
	readonly masterGroup: () => number;
	/** What the daemons wrote, for a failure's sake. */
	logs(): string;
};

/** Starts a lab and waits until each minion has said that it is there. Undefined, the test skipped, without Salt. */
export async function saltLab(
	t: Pick<TestContext, 'after' | 'skip'>,
	{ release, minions = ['web-01'], isTcp = false, states = {} }: LabShape,
): Promise<SaltLab | undefined> {
	const program = needServer(t, 'salt-master', release);
	if (program === undefined) return undefined;
	const ends: (() => Promise<unknown>)[] = [];
	t.after(() => Promise.all(ends.map((end) => end())));
	const folder = tempFolder(t);
	const ports = await Promise.all(Array.from({ length: 6 + minions.length * 2 }, freePort));

	writeStates(join(folder, 'srv'), states);
	writeConfig(folder, 'm', 'master', masterConfig(folder, ports, isTcp));
	minions.forEach((id, index) => {
		const own = ports.slice(6 + index * 2, 8 + index * 2);
		writeConfig(folder, id, 'minion', minionConfig(id, ports, own, isTcp));
	});

	const start = (daemon: string, home: string): ProcessGroup => {
		const path = join(dirname(program), daemon);
		return startGroup(path, ['-c', join(folder, home)], join(folder, home, 'out'));
	};
	let group: ProcessGroup | undefined;
	const killMaster = async () => group?.end();
	const startMaster = () => {
		group = start('salt-master', 'm');
	};
	ends.push(killMaster);
	const stop = new AbortController();
	const reading: Promise<void>[] = [];
	const read = (raw: Readonly<Record<string, unknown>>) => {
		const sink = aSink(patienceMs);
		reading.push(salt.open(salt.parse(raw), sink, stop.signal));
		return sink;
	};
	const stopReading = async () => {
		stop.abort();
		await Promise.all(reading);
	};
	ends.push(stopReading);
	const place = (home: string, pub?: number, pull?: number) =>
		isTcp ? { tcp: `127.0.0.1:${pub}`, pull } : { folder: join(folder, home, 'run') };
	const master = { bus: 'master', ...place('m', ports[2], ports[3]) };
	const bus = read(master);
	const lab: SaltLab = {
		master,
		minion(id) {
			const at = 6 + minions.indexOf(id) * 2;
			const raw = { bus: 'minion', id, ...place(id, ports[at], ports[at + 1]) };
			return { ...raw, master: isTcp ? master.tcp : master.folder };
		},
		bus,
		read,
		stopReading,
		command: (name) => [join(dirname(program), name), '-c', join(folder, 'm')],
		run: (name, args, minion = 'm') =>
			output(join(dirname(program), name), ['-c', join(folder, minion), ...args]),
		killMaster,
		startMaster,
		masterGroup: () => group?.pid ?? 0,
		logs: () => ['m', ...minions].map((home) => logOf(join(folder, home))).join('\n'),
	};
	startMaster();
	for (const id of minions) {
		const minion = start('salt-minion', id);
		ends.push(() => minion.end());
	}
	for (const id of minions) await arrival(lab, id);
	return lab;
}

async function arrival({ bus, logs }: SaltLab, id: string): Promise<void> {
	try {
		await bus.until(`the start of ${id}`, () => bus.tags().includes(`salt/minion/${id}/start`));
	} catch (cause) {
		throw new Error(`the lab did not start:\n${logs()}`, { cause });
	}
}

function writeConfig(folder: string, home: string, name: string, config: object): void {
	mkdirSync(join(folder, home), { recursive: true });
	// Every path that Salt has by default is below the root, those of the sockets are short.
	const own = {
		root_dir: join(folder, home),
		user: userInfo().username,
		sock_dir: '/run',
		pki_dir: '/pki',
		cachedir: '/cache',
		pidfile: '/pid',
		log_file: '/log',
	};
	writeFileSync(join(folder, home, name), stringify({ ...own, ...config }));
}

function masterConfig(folder: string, ports: readonly number[], isTcp: boolean): object {
	const [publish, ret, pub, pull, publishPull, workers] = ports;
	return {
		interface: '127.0.0.1',
		publish_port: publish,
		ret_port: ret,
		auto_accept: true,
		worker_threads: 3,
		loop_interval: 5,
		file_roots: { base: [join(folder, 'srv')] },
		...(isTcp
			? {
					ipc_mode: 'tcp',
					tcp_master_pub_port: pub,
					tcp_master_pull_port: pull,
					tcp_master_publish_pull: publishPull,
					tcp_master_workers: workers,
				}
			: {}),
	};
}

function minionConfig(
	id: string,
	[publish, ret]: readonly number[],
	[pub, pull]: readonly number[],
	isTcp: boolean,
): object {
	return {
		id,
		master: '127.0.0.1',
		publish_port: publish,
		master_port: ret,
		acceptance_wait_time: 1,
		recon_default: 100,
		recon_max: 500,
		random_reauth_delay: 1,
		mine_enabled: false,
		...(isTcp ? { ipc_mode: 'tcp', tcp_pub_port: pub, tcp_pull_port: pull } : {}),
	};
}

function writeStates(folder: string, states: Readonly<Record<string, string>>): void {
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(states)) writeFileSync(join(folder, name), text);
}

function logOf(home: string): string {
	return ['out', 'log']
		.map((name) => {
			try {
				return `--- ${home}/${name}\n${readFileSync(join(home, name), 'utf8').slice(-4000)}`;
			} catch {
				return `--- ${home}/${name}: none`;
			}
		})
		.join('\n');
}

function output(path: string, args: readonly string[]): Promise<Output> {
	return new Promise((resolve) => {
		execFile(path, args, { timeout: patienceMs, encoding: 'utf8' }, (error, stdout, stderr) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
		});
	});
}
