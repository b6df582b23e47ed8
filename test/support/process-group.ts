import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A daemon with all that it forks, which can be ended together. */
export type ProcessGroup = {
	readonly pid: number;
	/** SIGKILL to all of them; resolves when none is left. */
	end(): Promise<void>;
};

/** Starts a program as the leader of its own group; what it prints goes to the end of the file `log`. */
export function startGroup(program: string, args: readonly string[], log: string): ProcessGroup {
	const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
	const { pid } = child;
	if (pid === undefined) throw new Error(`cannot start ${program}`);
	const output = createWriteStream(log, { flags: 'a' });
	child.stdout.pipe(output, { end: false });
	child.stderr.pipe(output, { end: false });
	// Whoever was forked holds these pipes too: they close when the last one is gone.
	const closed = once(child, 'close').then(() => output.close());
	return {
		pid,
		async end() {
			killGroup(pid);
			await closed;
		},
	};
}

function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It ended by itself.
	}
}
