import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure, systemCode } from '../core/errors.ts';
import type { HostTool } from '../core/host-tool.ts';
import { lockFile } from './file-lock.ts';
import { armFuse, disarmFuse } from './fuse.ts';
import { hostProcess } from './host-process.ts';
import { readProc } from './proc.ts';
import { runCommand } from './spawn.ts';
import { sshLogin } from './ssh-login.ts';

/** What eventctl keeps of itself on a host while it is up. */
const runFolder = '/run/eventctl';

/** This machine, by any of its names; a Failure for another: it cannot be reached yet. */
export async function openHost(
	name: string,
	env: Readonly<Record<string, string | undefined>>,
): Promise<HostTool> {
	const names = await ownNames();
	if (names.includes(name.toLowerCase())) return thisHost(name, env);
	throw new Failure(
		'unreachable',
		`${name} is not this machine (${names.join(', ')}): host actions reach this machine only, for now`,
	);
}

/** Its host name, whole and up to the first dot, and its id as a Salt minion. */
async function ownNames(): Promise<readonly string[]> {
	const own = hostname().toLowerCase();
	const minion = (await readProc('/etc/salt/minion_id'))?.trim().toLowerCase();
	return [...new Set([own, own.split('.')[0] ?? own, ...(minion ? [minion] : []), 'localhost'])];
}

function thisHost(name: string, env: Readonly<Record<string, string | undefined>>): HostTool {
	return {
		name,
		bootId: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
		command: (argv, options, stop) => runCommand(argv, options, stop),
		read: readProc,
		write: replaceFile,
		async lock(lockName) {
			await makeRunFolder();
			return lockFile(join(runFolder, `${lockName}.lock`));
		},
		process: hostProcess,
		signal: async (pid, signal) => sendSignal(pid, signal),
		login: () => sshLogin(env),
		arm: armFuse,
		disarm: disarmFuse,
	};
}

async function replaceFile(path: string, text: string | undefined): Promise<void> {
	if (dirname(path) !== runFolder) throw new Failure('internal', `${path} is not eventctl's own`);
	if (text === undefined) return rm(path, { force: true });
	await makeRunFolder();
	const fresh = `${path}.${randomUUID()}`;
	const file = await open(fresh, 'wx', 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(fresh, path);
}

async function makeRunFolder(): Promise<void> {
	try {
		await mkdir(runFolder, { recursive: true, mode: 0o700 });
		await access(runFolder, constants.W_OK);
	} catch (cause) {
		throw new Failure('denied', `${runFolder} is not ours to write: run as root`, { cause });
	}
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
	if (pid <= 1) throw new Failure('internal', `pid ${pid} is never signalled`);
	try {
		return process.kill(pid, signal);
	} catch (thrown) {
		if (systemCode(thrown) === 'ESRCH') return false;
		throw new Failure('denied', `pid ${pid} is not ours to signal: run as root`, { cause: thrown });
	}
}
