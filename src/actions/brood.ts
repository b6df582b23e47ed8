import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { listPids, readProc, readStat } from './proc.ts';

const brandName = 'EVENTCTL_COMMAND';
const slice = 'system.slice';

/**
 * All processes that come of one command. A child may leave its group by `setsid`, so they are told by a brand in
 * their environment, and where systemd and cgroup v2 are there by a scope, which nothing leaves.
 */
export class Brood {
	readonly #brand = randomUUID();
	readonly #isScoped = hasScopes();
	#leader = 0;
	#startTime = Promise.resolve(0);

	/** What the children inherit. */
	get env(): Readonly<Record<string, string>> {
		return { [brandName]: this.#brand };
	}

	/** The same command, started in a scope of its own where there can be one. */
	command(path: string, words: readonly string[]): readonly [string, ...string[]] {
		if (!this.#isScoped) return [path, ...words];
		const scope = ['--scope', '--quiet', '--collect', `--slice=${slice}`, `--unit=${this.#unit}`];
		return ['/usr/bin/systemd-run', ...scope, '--', path, ...words];
	}

	/** Tells the pid of the first of them, which leads their group. */
	led(leader: number): void {
		this.#leader = leader;
		this.#startTime = readStat(leader).then(
			(stat) => Number(stat?.startTime ?? 0),
			() => 0,
		);
	}

	terminate(): void {
		signal(-this.#leader, 'SIGTERM');
	}

	async kill(): Promise<void> {
		signal(-this.#leader, 'SIGKILL');
		for (const pid of await this.alive()) signal(pid, 'SIGKILL');
		if (this.#isScoped) await this.#killScope();
	}

	/** Those that run; one that is dead and not yet waited for does not. */
	async alive(): Promise<readonly number[]> {
		const pids = await listPids();
		const members = await Promise.all(pids.map((pid) => this.#isMember(pid)));
		return pids.filter((_, index) => members[index]);
	}

	get #unit(): string {
		return `eventctl-${this.#brand}.scope`;
	}

	async #isMember(pid: number): Promise<boolean> {
		const stat = await readStat(pid);
		if (!stat || stat.state === 'Z' || stat.state === 'X') return false;
		if (stat.group === this.#leader) return true;
		// Nobody older than the first can come of it.
		if (Number(stat.startTime) < (await this.#startTime)) return false;
		const environment = await readProc(`/proc/${pid}/environ`);
		if (environment?.includes(`${brandName}=${this.#brand}`)) return true;
		if (!this.#isScoped) return false;
		return (await readProc(`/proc/${pid}/cgroup`))?.includes(this.#unit) ?? false;
	}

	async #killScope(): Promise<void> {
		try {
			await writeFile(`/sys/fs/cgroup/${slice}/${this.#unit}/cgroup.kill`, '1');
		} catch {
			// An empty scope is gone already; whoever is left is found and counted.
		}
	}
}

function hasScopes(): boolean {
	return (
		process.getuid?.() === 0 &&
		existsSync('/usr/bin/systemd-run') &&
		existsSync('/run/systemd/system') &&
		existsSync('/sys/fs/cgroup/cgroup.controllers')
	);
}

function signal(pid: number, name: NodeJS.Signals): void {
	if (Math.abs(pid) <= 1) return;
	try {
		process.kill(pid, name);
	} catch {
		// It ended by itself, which is what was wanted; whoever is not ours to end is counted as a survivor.
	}
}
