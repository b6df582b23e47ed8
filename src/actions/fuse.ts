import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readlinkSync } from 'node:fs';
import { Failure, systemCode } from '../core/errors.ts';
import type { Fuse } from '../core/host-tool.ts';
import { findProgram, programPath } from './find-program.ts';
import { readStat } from './proc.ts';
import { runCommand } from './spawn.ts';

const never = new AbortController().signal;
const patience = { timeoutMs: 10_000 };
/** Never changes and holds no data: what is run comes as words of its own. */
const waitThenRun = 'sleep "$1"; shift; exec "$@"';

/**
 * Runs a command once after `delayMs`, whatever becomes of this process: as a timer of systemd, else as a process
 * that waits detached. It outlives us because nothing of ours is needed for it.
 */
export async function armFuse(
	name: string,
	delayMs: number,
	[program = '', ...words]: readonly string[],
): Promise<Fuse> {
	const argv = [await findProgram(program), ...words];
	return hasTimers() ? armTimer(name, delayMs, argv) : armProcess(delayMs, argv);
}

/** Takes it back; false where it went off already. */
export async function disarmFuse(fuse: Fuse): Promise<boolean> {
	if (fuse.kind === 'timer') return stopTimer(fuse.unit);
	const stat = await readStat(fuse.pid);
	if (stat?.startTime !== fuse.startTime || stat.state === 'Z') return false;
	try {
		// It leads a group in which its `sleep` is the only other.
		return process.kill(-fuse.pid, 'SIGKILL');
	} catch (thrown) {
		if (systemCode(thrown) === 'ESRCH') return false;
		throw new Failure('denied', 'the revert is not ours to stop: run as root', { cause: thrown });
	}
}

/** systemd would run the command in its own network: that must be ours. */
function hasTimers(): boolean {
	if (process.getuid?.() !== 0 || !existsSync('/run/systemd/system')) return false;
	try {
		return readlinkSync('/proc/self/ns/net') === readlinkSync('/proc/1/ns/net');
	} catch {
		// A root that may not look at the first process is the root of a container.
		return false;
	}
}

async function armTimer(name: string, delayMs: number, argv: readonly string[]): Promise<Fuse> {
	const when = [`--on-active=${delayMs}ms`, '--timer-property=AccuracySec=100ms'];
	const command = ['systemd-run', '--quiet', '--collect', `--unit=${name}`, ...when, '--', ...argv];
	const { exitCode, stderr } = await runCommand(command, patience, never);
	if (exitCode !== 0) throw new Failure('failed', `the revert cannot be armed: ${stderr.trim()}`);
	return { kind: 'timer', unit: `${name}.timer` };
}

async function stopTimer(unit: string): Promise<boolean> {
	const { exitCode } = await runCommand(['systemctl', 'is-active', unit], patience, never);
	await runCommand(['systemctl', 'stop', unit], patience, never);
	return exitCode === 0;
}

async function armProcess(delayMs: number, argv: readonly string[]): Promise<Fuse> {
	const words = ['-c', waitThenRun, 'eventctl-revert', String(delayMs / 1000), ...argv];
	const env = { PATH: programPath };
	const child = spawn('/bin/sh', words, { detached: true, cwd: '/', env, stdio: 'ignore' });
	await once(child, 'spawn');
	child.unref();
	const pid = child.pid ?? 0;
	const startTime = (await readStat(pid))?.startTime;
	if (startTime === undefined) throw new Failure('failed', 'the revert did not stay armed');
	return { kind: 'process', pid, startTime };
}
