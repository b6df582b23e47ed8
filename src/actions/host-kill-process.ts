import * as z from 'zod';
import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import { type Clock, pause } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { HostProcess, HostTool } from '../core/host-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { hostName, hostOf, parseParams } from './host-params.ts';

const kind = 'host.kill-process';
const lookMs = 50;
const looks = 100;
const never = new AbortController().signal;

/** No pid of a group, of everybody, or of the first process. */
const pid = z
	.union([z.number(), z.bigint(), z.string().regex(/^[1-9][0-9]{0,9}$/u)])
	.transform(Number)
	.refine((value) => Number.isInteger(value) && value > 1 && value < 2 ** 31, 'is no pid over 1');
const schema = z.strictObject({ host: hostName, pid });
type Params = z.infer<typeof schema>;

/** Ends one process, and no other that came to its pid. */
export const hostKillProcess: Action<Params> = {
	kind,
	version: 1,
	title: 'Kill a process',
	tier: 3,
	letter: 'k',
	example: 'host: web12\npid: 4711\n',
	parse: (raw) => parseParams(kind, schema, raw),
	target(text) {
		const [, host, number] = /^(.+):([0-9]+)$/u.exec(text) ?? [];
		const read = schema.safeParse({ host, pid: number });
		if (read.success) return read.data;
		throw new Failure('usage', `${kind}: its target is a host and a pid: web12:4711`);
	},
	fits(facts, fields) {
		const read = schema.safeParse({ ...hostOf(facts), pid: fields?.['proc.pid'] });
		return read.success ? read.data : undefined;
	},
	plan,
	async precheck(plan, tools) {
		const { host, found } = await look(plan, tools);
		return changed(plan, await host.bootId(), found);
	},
	run,
};

async function plan(params: Params, tools: Tools): Promise<Deed> {
	const host = await tools.host(params.host);
	const found = await host.process(params.pid);
	if (!found) throw new Refusal(`${host.name} has no process ${params.pid}`);
	if (found.shield !== undefined) throw new Refusal(`process ${params.pid}: ${found.shield}`);
	const { name, command, user, startTime, exe, cgroup } = found;
	const pins = { boot: await host.bootId(), start: startTime, exe, cgroup };
	return {
		params,
		targets: [{ name: `${host.name}:${params.pid}`, pins }],
		steps: [
			{ says: 'stop it', command: `kill -STOP ${params.pid}` },
			{ says: 'see that it is still the same', command: `cat /proc/${params.pid}/stat` },
			{ says: 'kill it', command: `kill -KILL ${params.pid}` },
		],
		blast: [
			`${name} of uid ${user} ends: ${command || name}`,
			'what it started goes on without it',
		],
		undo: { none: 'a killed process does not come back' },
	};
}

async function look(plan: Plan, tools: Tools) {
	const params = parseParams(kind, schema, plan.params);
	const host = await tools.host(params.host);
	return { host, pid: params.pid, found: await host.process(params.pid) };
}

/** Why this is not the process that was planned for; undefined where it is. */
function changed(
	{ targets: [target] }: Plan,
	boot: string,
	found: HostProcess | undefined,
): string | undefined {
	if (!found) return 'target changed: the process has ended by itself';
	const now = { boot, start: found.startTime, exe: found.exe, cgroup: found.cgroup };
	for (const [pin, value] of Object.entries(now)) {
		if (target?.pins[pin] !== value) return `target changed: its ${pin} is now ${value}`;
	}
	return found.shield;
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const { host, pid, found } = await look(plan, tools);
	const boot = await host.bootId();
	const reason = changed(plan, boot, found);
	if (reason !== undefined) throw new Refusal(reason);
	stop.throwIfAborted();
	await killIfSame(plan, host, pid, boot);
	for (const step of [0, 1, 2]) yield { kind: 'step', step, state: 'done' };
	if (!(await isGone(plan, host, pid, tools.clock))) {
		throw new Doubt(`process ${pid} was killed and is still there: it waits in the kernel`);
	}
}

/** Nothing waits between the stop and the kill: a stopped process that is another goes on at once. */
async function killIfSame(plan: Plan, host: HostTool, pid: number, boot: string): Promise<void> {
	if (!(await host.signal(pid, 'SIGSTOP'))) {
		throw new Refusal('target changed: the process has ended by itself');
	}
	let isKilled = false;
	try {
		const reason = changed(plan, boot, await host.process(pid));
		if (reason !== undefined) throw new Refusal(reason);
		isKilled = await host.signal(pid, 'SIGKILL');
	} finally {
		if (!isKilled) await host.signal(pid, 'SIGCONT');
	}
}

async function isGone(
	{ targets: [target] }: Plan,
	host: HostTool,
	pid: number,
	clock: Clock,
): Promise<boolean> {
	for (let count = 0; count < looks; count++) {
		const found = await host.process(pid);
		if (found?.startTime !== target?.pins['start']) return true;
		await pause(clock, lookMs, never);
	}
	return false;
}
