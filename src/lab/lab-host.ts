import { Refusal } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { CommandResult, Fuse, HostProcess, SshLogin } from '../core/host-tool.ts';
import { evidenceOf } from './host-evidence.ts';
import { HostSockets } from './host-sockets.ts';
import type { Host } from './hosts.ts';

/** How a program ended; bytes that are no text are base64. */
export type Ran = Pick<CommandResult, 'exitCode' | 'stdout' | 'stderr' | 'base64'>;

const ownRules =
	'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t}\n}\n';
const lockdown = 'inet eventctl_lockdown';
const miner: HostProcess = {
	pid: 4711,
	startTime: '90210',
	exe: '259:1 4711',
	cgroup: '/kubepods/pay',
	name: 'kworkerds',
	command: 'kworkerds -o stratum+tcp://198.51.100.23:3333',
	user: 'root',
};

/** A host of the lab from within: as much of nft, ss and /proc as actions on hosts ask for, with state that lasts. */
export class LabHost {
	readonly #host: Host;
	readonly #clock: Clock;
	readonly #waits: (run: string) => void;
	readonly #files = new Map<string, string>();
	readonly #locks = new Set<string>();
	readonly #fuses = new Map<string, () => void>();
	readonly #processes = new Map([[miner.pid, miner]]);
	readonly #sockets: HostSockets;
	#lockdownRules: string | undefined;

	/** `waits` is told the run whose lockdown waits for its confirmation. */
	constructor(host: Host, clock: Clock, waits: (run: string) => void) {
		this.#host = host;
		this.#sockets = new HostSockets(host.address);
		this.#clock = clock;
		this.#waits = waits;
	}

	bootId(): string {
		return `lab-boot-of-${this.#host.id}`;
	}

	command(argv: readonly string[], input: string | undefined): Ran {
		const [program = '', ...words] = argv;
		if (program === 'nft') return this.#nft(words.join(' '), input);
		if (program === 'ss') return said(this.#sockets.ss(words));
		const output = evidenceOf(this.#host, this.#clock.now(), argv);
		if (output !== undefined) return said(output);
		return failed(127, `${program}: the lab has no such program`);
	}

	read(path: string): string | undefined {
		return path === '/proc/net/tcp' ? this.#sockets.tcpTable() : this.#files.get(path);
	}

	write(path: string, text: string | undefined): void {
		if (text === undefined) return void this.#files.delete(path);
		this.#files.set(path, text);
		const run = waitingRun(text);
		if (run !== undefined) this.#waits(run);
	}

	/** Throws a Refusal where another holds it; what it gives releases it. */
	lock(name: string): () => void {
		if (this.#locks.has(name))
			throw new Refusal(`another run holds the ${name} of ${this.#host.id}`);
		this.#locks.add(name);
		return () => this.#locks.delete(name);
	}

	process(pid: number): HostProcess | undefined {
		return this.#processes.get(pid);
	}

	signal(pid: number, signal: string): boolean {
		return signal === 'SIGKILL' ? this.#processes.delete(pid) : this.#processes.has(pid);
	}

	/** Where the operator of the lab sits: at the bastion. */
	login(): SshLogin {
		return this.#sockets.login();
	}

	/** Somebody comes in anew from the bastion. */
	logIn(): SshLogin {
		return this.#sockets.logIn();
	}

	arm(unit: string, delayMs: number, argv: readonly string[]): Fuse {
		const cancel = this.#clock.after(delayMs, () => {
			this.#fuses.delete(unit);
			this.command(argv, undefined);
		});
		this.#fuses.set(unit, cancel);
		return { kind: 'timer', unit };
	}

	disarm(unit: string): boolean {
		this.#fuses.get(unit)?.();
		return this.#fuses.delete(unit);
	}

	/** No timer outlives the lab. */
	close(): void {
		for (const unit of [...this.#fuses.keys()]) this.disarm(unit);
	}

	#nft(words: string, input: string | undefined): Ran {
		if (words.endsWith('list ruleset')) return said(ownRules + (this.#lockdownRules ?? ''));
		if (words === 'list tables') {
			return said(`table inet filter\n${this.#lockdownRules ? `table ${lockdown}\n` : ''}`);
		}
		if (words === '-c -f -') return said('');
		if (words === '-f -') return this.#lockDown(input ?? '');
		if (words === `delete table ${lockdown}`) return this.#unlock();
		return failed(1, `Error: the lab's nft does not know: ${words}`);
	}

	#lockDown(rules: string): Ran {
		if (this.#lockdownRules) return failed(1, 'Error: File exists');
		this.#lockdownRules = rules.slice(rules.indexOf('\n') + 1);
		this.#host.isLocked = true;
		return said('');
	}

	#unlock(): Ran {
		if (!this.#lockdownRules) return failed(1, 'Error: No such file');
		this.#lockdownRules = undefined;
		this.#host.isLocked = false;
		return said('');
	}
}

/** The run in a lockdown's mark whose rules are in force and whose confirmation is missing. */
function waitingRun(text: string): string | undefined {
	const { run, before, confirmedBy } = JSON.parse(text);
	return before !== undefined && confirmedBy === undefined ? run : undefined;
}

function said(output: string | Uint8Array): Ran {
	if (typeof output === 'string') return { exitCode: 0, stdout: output, stderr: '', base64: [] };
	const stdout = Buffer.from(output).toString('base64');
	return { exitCode: 0, stdout, stderr: '', base64: ['out'] };
}

function failed(exitCode: number, says: string): Ran {
	return { exitCode, stdout: '', stderr: `${says}\n`, base64: [] };
}
