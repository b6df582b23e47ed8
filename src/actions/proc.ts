import { readdir, readFile } from 'node:fs/promises';
import { systemCode } from '../core/errors.ts';

/** What `/proc/PID/stat` says of a process. */
export type ProcessStat = {
	readonly pid: number;
	/** As the process calls itself: hostile text. */
	readonly name: string;
	/** `R`, `S`, `Z` and so on. */
	readonly state: string;
	readonly parent: number;
	readonly group: number;
	/** In clock ticks since boot; with the pid it names one process for as long as the machine is up. */
	readonly startTime: string;
	readonly isKernelThread: boolean;
};

const kernelThread = 0x00200000;

/** Reads a `stat` line. The name may hold blanks and parentheses: the fields begin after the last one. */
export function parseStat(text: string): ProcessStat | undefined {
	const open = text.indexOf('(');
	const close = text.lastIndexOf(')');
	if (open < 0 || close < open) return undefined;
	const [state = '', parent, group, ...more] = text.slice(close + 2).split(' ');
	const startTime = more[16];
	if (startTime === undefined) return undefined;
	return {
		pid: Number(text.slice(0, open)),
		name: text.slice(open + 1, close),
		state,
		parent: Number(parent),
		group: Number(group),
		startTime,
		isKernelThread: (Number(more[3]) & kernelThread) !== 0,
	};
}

/** A process as it is now; undefined where there is none. */
export async function readStat(pid: number): Promise<ProcessStat | undefined> {
	const text = await readProc(`/proc/${pid}/stat`);
	return text === undefined ? undefined : parseStat(text);
}

/** A file below `/proc`; undefined where its process is gone, or is not ours to look into. */
export async function readProc(path: string): Promise<string | undefined> {
	try {
		return await readFile(path, 'utf8');
	} catch (thrown) {
		if (goneOrForeign.has(systemCode(thrown) ?? '')) return undefined;
		throw thrown;
	}
}

const goneOrForeign = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

/** All pids there are now. */
export async function listPids(): Promise<readonly number[]> {
	const names = await readdir('/proc');
	return names.filter((name) => /^[1-9][0-9]*$/u.test(name)).map(Number);
}
