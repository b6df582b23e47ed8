import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** A daemon with all that it forks, which can be ended together. */
export type ProcessGroup = {
	readonly pid: number;
	/** SIGKILL to all of them; resolves when none is left. */
	end(): Promise<void>;
};

/** Starts a program as the leader of its own group; what it prints goes to the end of the file `log`. */
export function startGroup(program: string, args: readonly string[], log: string): ProcessGroup {
	const output = openSync(log, 'a');
	const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output] });
	closeSync(output);
	const { pid } = child;
	if (pid === undefined) throw new Error(`cannot start ${program}`);
	return { pid, end: () => endGroup(pid, child) };
}

async function endGroup(pid: number, child: ChildProcess): Promise<void> {
	const isRunning = child.exitCode === null && child.signalCode === null;
	const exited = isRunning ? once(child, 'exit') : undefined;
	while (signal(pid)) await new Promise((resolve) => setImmediate(resolve));
	await exited;
}

/** Whether anybody of the group was still there to be killed. */
function signal(pid: number): boolean {
	try {
		return process.kill(-pid, 'SIGKILL');
	} catch {
		return false;
	}
}
