import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { salt } from '../../connectors/salt.ts';
import { aSink, type RecordingSink } from './a-sink.ts';
import { type ProcessGroup, startGroup } from './process-group.ts';
import { type LabPorts, labPorts, writeMaster, writeMinion } from './salt-lab-config.ts';
import { needServer, type Release } from './servers.ts';
import { tempFolder } from './temp-folder.ts';

/** Real daemons take some seconds to start, more where the machine is busy. */
const patienceMs = 90_000;

export type LabShape = {
	readonly release: Release;
	/** Ids; one minion where absent. */
	readonly minions?: readonly string[];
	/** `ipc_mode: tcp` for all daemons. */
	readonly isTcp?: boolean;
	/** Files below the master's file root: `{ 'broken.sls': '…' }`. */
	readonly states?: Readonly<Record<string, string>>;
};

export type Output = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Raw = Readonly<Record<string, unknown>>;

/** A real Salt master and its minions, on private sockets and loopback ports. */
export class SaltLab {
	readonly #programs: string;
	readonly #folder: string;
	readonly #ports: LabPorts;
	readonly #shape: Required<LabShape>;
	readonly #stop = new AbortController();
	readonly #reading: Promise<void>[] = [];
	readonly #minions: ProcessGroup[] = [];
	#master: ProcessGroup | undefined;
	/** What came over the master's bus since before it was started. */
	readonly bus: RecordingSink;

	constructor(programs: string, folder: string, ports: LabPorts, shape: Required<LabShape>) {
		this.#programs = programs;
		this.#folder = folder;
		this.#ports = ports;
		this.#shape = shape;
		this.bus = this.read(this.master);
	}

	/** What the connector takes for the master's bus. */
	get master(): Raw {
		return { bus: 'master', ...this.#place('m', this.#ports.master) };
	}

	/** What the connector takes for a minion's bus. */
	minion(id: string): Raw {
		const ports = this.#ports.minions[this.#shape.minions.indexOf(id)];
		const { master } = this;
		return {
			bus: 'minion',
			id,
			master: master['tcp'] ?? master['folder'],
			...this.#place(id, ports),
		};
	}

	/** Opens one more reader, which ends with the lab. */
	read(raw: Raw): RecordingSink {
		const sink = aSink(patienceMs);
		this.#reading.push(salt.open(salt.parse(raw), sink, this.#stop.signal));
		return sink;
	}

	/** Ends all readers, so that nobody is attached but whom the test attaches. */
	async stopReading(): Promise<void> {
		this.#stop.abort();
		await Promise.all(this.#reading);
	}

	/** Starts all daemons, and waits until each minion has said that it is there. */
	async start(): Promise<void> {
		this.startMaster();
		for (const id of this.#shape.minions) this.#minions.push(this.#daemon('salt-minion', id));
		const isHere = (id: string) => this.bus.tags().includes(`salt/minion/${id}/start`);
		try {
			await this.bus.until('the master', () => this.bus.lastLink() === 'live');
			await this.bus.until('the minions', () => this.#shape.minions.every(isHere));
		} catch (cause) {
			throw new Error(`the lab did not start:\n${this.logs()}`, { cause });
		}
	}

	startMaster(): void {
		this.#master = this.#daemon('salt-master', 'm');
	}

	async killMaster(): Promise<void> {
		await this.#master?.end();
	}

	async killMinion(id: string): Promise<void> {
		await this.#minions[this.#shape.minions.indexOf(id)]?.end();
	}

	/** The master's processes, by their group. */
	get masterGroup(): number {
		return this.#master?.pid ?? 0;
	}

	async end(): Promise<void> {
		await this.stopReading();
		await this.killMaster();
		await Promise.all(this.#minions.map((minion) => minion.end()));
	}

	/** A command of this release, and the arguments that point it at this master or the named minion. */
	command(program: string, minion = 'm'): readonly [path: string, ...args: string[]] {
		return [join(this.#programs, program), '-c', join(this.#folder, minion)];
	}

	/** Runs a command to its end: `salt`, `salt-run`, `salt-call` (on the named minion). */
	run(program: string, args: readonly string[], minion?: string): Promise<Output> {
		const [path, ...own] = this.command(program, minion);
		const options = { timeout: patienceMs, encoding: 'utf8' } as const;
		return new Promise((resolve) => {
			execFile(path, [...own, ...args], options, (error, stdout, stderr) => {
				resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
			});
		});
	}

	/** The ends of what the daemons wrote, for a failure's sake. */
	logs(): string {
		const homes = ['m', ...this.#shape.minions].map((home) => join(this.#folder, home));
		return homes.flatMap((home) => [endOf(join(home, 'out')), endOf(join(home, 'log'))]).join('\n');
	}

	#daemon(program: string, home: string): ProcessGroup {
		const [path, ...args] = this.command(program, home);
		return startGroup(path, args, join(this.#folder, home, 'out'));
	}

	#place(home: string, ports?: { readonly pub: number; readonly pull: number }): Raw {
		return this.#shape.isTcp
			? { tcp: `127.0.0.1:${ports?.pub}`, pull: ports?.pull }
			: { folder: join(this.#folder, home, 'run') };
	}
}

/** A lab that is up, and ends with the test. Undefined, the test skipped, where this release is not installed. */
export async function saltLab(
	t: Pick<TestContext, 'after' | 'skip'>,
	{ release, minions = ['web-01'], isTcp = false, states = {} }: LabShape,
): Promise<SaltLab | undefined> {
	const program = needServer(t, 'salt-master', release);
	if (program === undefined) return undefined;
	let lab: SaltLab | undefined;
	t.after(() => lab?.end());
	const folder = tempFolder(t);
	const srv = join(folder, 'srv');
	mkdirSync(srv);
	for (const [name, text] of Object.entries(states)) writeFileSync(join(srv, name), text);
	const ports = await labPorts(minions.length);
	writeMaster(join(folder, 'm'), srv, ports, isTcp);
	ports.minions.forEach((own, index) => {
		const id = minions[index] ?? '';
		writeMinion(join(folder, id), id, ports, own, isTcp);
	});
	lab = new SaltLab(dirname(program), folder, ports, { release, minions, isTcp, states });
	await lab.start();
	return lab;
}

function endOf(path: string): string {
	try {
		return `--- ${path}\n${readFileSync(path, 'utf8').slice(-4000)}`;
	} catch {
		return `--- ${path}: nothing`;
	}
}
