import { stat } from 'node:fs/promises';
import type { HostProcess } from '../core/host-tool.ts';
import { type ProcessStat, readProc, readStat } from './proc.ts';

/** A process of this machine as it is now; undefined where there is none. */
export async function hostProcess(pid: number): Promise<HostProcess | undefined> {
	const found = await readStat(pid);
	if (!found || found.state === 'Z') return undefined;
	const { startTime, name } = found;
	const command = (await readProc(`/proc/${pid}/cmdline`)) ?? '';
	const shield = await shieldOf(found);
	return {
		pid,
		startTime,
		exe: await exeOf(pid),
		cgroup: ((await readProc(`/proc/${pid}/cgroup`)) ?? '').trim(),
		name,
		command: command.split('\0').join(' ').trim(),
		user: (await statusOf(pid, 'Uid'))?.split(/\s+/u)[0] ?? '',
		...(shield === undefined ? {} : { shield }),
	};
}

async function shieldOf({ pid, isKernelThread }: ProcessStat): Promise<string | undefined> {
	if (pid <= 1) return 'it is the first process: without it the machine goes down';
	if (isKernelThread) return 'it is a thread of the kernel';
	if ((await statusOf(pid, 'Tgid')) !== String(pid)) return 'it is a thread within a process';
	if (pid === process.pid) return 'it is eventctl itself';
	for (let at = process.ppid; at > 1; at = (await readStat(at))?.parent ?? 0) {
		if (at === pid) return 'eventctl runs below it: your own login would end';
	}
	return undefined;
}

/** Another program under the same name has another inode; a thread of the kernel has none. */
async function exeOf(pid: number): Promise<string> {
	try {
		const { dev, ino } = await stat(`/proc/${pid}/exe`, { bigint: true });
		return `${dev}:${ino}`;
	} catch {
		// Not there, or not ours to see: then it is no part of what tells the process.
		return '';
	}
}

async function statusOf(pid: number, field: string): Promise<string | undefined> {
	const status = await readProc(`/proc/${pid}/status`);
	return new RegExp(`^${field}:\\s*(.*)$`, 'mu').exec(status ?? '')?.[1];
}
