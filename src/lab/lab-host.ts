import { endianness } from 'node:os';
import { Refusal } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Fuse, HostProcess, SshLogin } from '../core/host-tool.ts';
import type { Host } from './hosts.ts';

type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
type End = { readonly address: string; readonly port: number };

const bastion = '10.0.0.4';
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
	/** The ports from which the bastion is logged in. */
	readonly #logins: number[] = [50_122];
	#lockdownRules: string | undefined;

	/** `waits` is told the run whose lockdown waits for its confirmation. */
	constructor(host: Host, clock: Clock, waits: (run: string) => void) {
		this.#host = host;
		this.#clock = clock;
		this.#waits = waits;
	}

	bootId(): string {
		return `lab-boot-of-${this.#host.id}`;
	}

	command([program = '', ...words]: readonly string[], input: string | undefined): Ran {
		if (program === 'nft') return this.#nft(words.join(' '), input);
		if (program === 'ss')
			return said(words[0] === '-K' ? '' : this.#connections().map(ssLine).join(''));
		if (program === 'getent') return said('10.0.0.2 STREAM salt\n');
		return { exitCode: 127, stdout: '', stderr: `${program}: the lab has no such program\n` };
	}

	read(path: string): string | undefined {
		return path === '/proc/net/tcp' ? tcpTable(this.#connections()) : this.#files.get(path);
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
		return { peer: bastion, peerPort: this.#logins.at(-1) ?? 0, port: 22 };
	}

	/** Somebody comes in anew from the bastion. */
	logIn(): SshLogin {
		this.#logins.push((this.#logins.at(-1) ?? 50_000) + 1);
		return this.login();
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
		if (words === '-s list ruleset') return said(ownRules + (this.#lockdownRules ?? ''));
		if (words === 'list tables') {
			return said(`table inet filter\n${this.#lockdownRules ? `table ${lockdown}\n` : ''}`);
		}
		if (words === '-c -f -') return said('');
		if (words === '-f -') return this.#lockDown(input ?? '');
		if (words === `delete table ${lockdown}`) return this.#unlock();
		return { exitCode: 1, stdout: '', stderr: `Error: the lab's nft does not know: ${words}\n` };
	}

	#lockDown(rules: string): Ran {
		if (this.#lockdownRules) return { exitCode: 1, stdout: '', stderr: 'Error: File exists\n' };
		this.#lockdownRules = rules.slice(rules.indexOf('\n') + 1);
		this.#host.isLocked = true;
		return said('');
	}

	#unlock(): Ran {
		if (!this.#lockdownRules) return { exitCode: 1, stdout: '', stderr: 'Error: No such file\n' };
		this.#lockdownRules = undefined;
		this.#host.isLocked = false;
		return said('');
	}

	#connections(): readonly (readonly [local: End, peer: End])[] {
		const { address } = this.#host;
		const out = (port: number, peer: string, peerPort: number) =>
			[
				{ address, port },
				{ address: peer, port: peerPort },
			] as const;
		return [
			...this.#logins.map((port) => out(22, bastion, port)),
			out(41_500, '10.0.0.2', 4505),
			out(41_501, '10.0.0.2', 4506),
			out(43_210, '203.0.113.7', 4444),
			out(443, '10.0.7.31', 55_012),
		];
	}
}

/** The run in a lockdown's mark whose rules are in force and whose confirmation is missing. */
function waitingRun(text: string): string | undefined {
	const { run, before, confirmedBy } = JSON.parse(text);
	return before !== undefined && confirmedBy === undefined ? run : undefined;
}

function said(stdout: string): Ran {
	return { exitCode: 0, stdout, stderr: '' };
}

function ssLine([local, peer]: readonly [End, End]): string {
	return `ESTAB 0 0 ${local.address}:${local.port} ${peer.address}:${peer.port}\n`;
}

/** `/proc/net/tcp`: addresses are hexadecimal words in the machine's byte order. */
function tcpTable(connections: readonly (readonly [End, End])[]): string {
	const lines = connections.map(([local, peer], at) => ` ${at}: ${hex(local)} ${hex(peer)} 01\n`);
	return `  sl  local_address rem_address   st\n${lines.join('')}`;
}

function hex({ address, port }: End): string {
	const bytes = Buffer.from(address.split('.').map(Number));
	if (endianness() === 'LE') bytes.swap32();
	return `${bytes.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}
