import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { type TestContext, test } from 'node:test';
import { hostKillProcess } from '../../src/actions/host-kill-process.ts';
import { openHost } from '../../src/actions/this-host.ts';
import { Refusal } from '../../src/core/action.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Failure } from '../../src/core/errors.ts';
import type { HostProcess, HostTool } from '../../src/core/host-tool.ts';
import { aPlan, finished } from '../support/a-run.ts';
import { someTools } from '../support/some-tools.ts';
import { actionContract } from './contract.ts';

const never = new AbortController().signal;
const host = hostname();

actionContract(hostKillProcess, {
	target: `${host}:4711`,
	tools: () => toolsWith(async (tool) => ({ ...tool, process: async (pid) => aProcess(pid) })),
});

test('a process ends, and nothing else', async (t) => {
	const [one, other] = [await aSleeper(t), await aSleeper(t)];
	const ended = once(one, 'exit');
	await finished(hostKillProcess, { host, pid: one.pid }, toolsWith());
	assert.deepEqual(await ended, [null, 'SIGKILL']);
	assert.equal(stateOf(other), 'S');
});

test('fifty times the pid is another process by then: it goes on, unhurt', async (t) => {
	const sleeper = await aSleeper(t);
	for (let count = 0; count < 50; count++) {
		// It is the planned one until it was stopped; then it shows that the pid was given away in between.
		let looks = 0;
		const tools = toolsWith(async (tool) => ({
			...tool,
			async process(pid) {
				const found = await tool.process(pid);
				looks += 1;
				return found && looks > 2 ? { ...found, ...disguises[count % disguises.length] } : found;
			},
		}));
		const params = hostKillProcess.parse({ host, pid: sleeper.pid });
		const plan = aPlan(hostKillProcess, await hostKillProcess.plan(params, tools, never));
		await assert.rejects(
			all(hostKillProcess.run(plan, tools, never)),
			isRefusal(/target changed/u),
		);
		assert.match(stateOf(sleeper) ?? 'gone', /^[RS]$/u);
	}
});

const disguises: readonly Partial<HostProcess>[] = [
	{ startTime: '1' },
	{ exe: '1:2' },
	{ cgroup: '0::/elsewhere' },
];

test('a process that is planned for and gone is refused before anything is sent', async (t) => {
	const sleeper = await aSleeper(t);
	const tools = toolsWith();
	const params = hostKillProcess.parse({ host, pid: sleeper.pid });
	const plan = aPlan(hostKillProcess, await hostKillProcess.plan(params, tools, never));
	sleeper.kill('SIGKILL');
	await once(sleeper, 'exit');
	assert.match((await hostKillProcess.precheck(plan, tools, never)) ?? '', /ended by itself/u);
	await assert.rejects(all(hostKillProcess.run(plan, tools, never)), isRefusal(/ended by itself/u));
});

test('eventctl ends neither itself nor what it runs below, nor what is no process of its own', async () => {
	await assert.rejects(planFor(process.pid), isRefusal(/eventctl itself/u));
	await assert.rejects(planFor(process.ppid), isRefusal(/your own login would end/u));
	const kernel = toolsWith(async (tool) => ({
		...tool,
		process: async (pid) => ({ ...aProcess(pid), shield: 'it is a thread of the kernel' }),
	}));
	await assert.rejects(planFor(4711, kernel), isRefusal(/thread of the kernel/u));
	await assert.rejects(planFor(2 ** 22 + 1), isRefusal(/has no process/u));
});

for (const pid of [1, 0, -1, '-1', '01', '1; id', '2147483648', 1.5, null]) {
	test(`${JSON.stringify(pid)} is no pid that can be meant`, () => {
		assert.throws(() => hostKillProcess.parse({ host, pid }), Failure);
		assert.throws(() => hostKillProcess.target(`${host}:${pid}`), Failure);
	});
}

test('an event that names a process of a host offers it', () => {
	const facts = { who: '', summary: '', ids: [], host: 'web12' };
	assert.deepEqual(hostKillProcess.fits(facts, { 'proc.pid': 4711n }), {
		host: 'web12',
		pid: 4711,
	});
	assert.equal(hostKillProcess.fits(facts, { 'proc.pid': '1' }), undefined);
	assert.equal(hostKillProcess.fits({ ...facts, host: '-rf' }, { 'proc.pid': 4711 }), undefined);
});

test('another machine is told so', async () => {
	await assert.rejects(openHost('web99', {}), /web99 is not this machine .* for now/u);
});

function toolsWith(change: (tool: HostTool) => Promise<HostTool> = async (tool) => tool) {
	const open = async (name: string) => change(await openHost(name, {}));
	return someTools({ clock: systemClock, host: open });
}

function planFor(pid: number, tools = toolsWith()) {
	return hostKillProcess.plan(hostKillProcess.parse({ host, pid }), tools, never);
}

function aProcess(pid: number): HostProcess {
	const pins = { startTime: '77', exe: '8:1', cgroup: '0::/a.service' };
	return { pid, ...pins, name: 'nc', command: 'nc -e /bin/sh', user: '33' };
}

async function aSleeper(t: TestContext): Promise<ChildProcess> {
	const child = spawn('/usr/bin/sleep', ['100'], { stdio: 'ignore' });
	t.after(() => child.kill('SIGKILL'));
	await once(child, 'spawn');
	return child;
}

function stateOf({ pid }: ChildProcess): string | undefined {
	return /\) (\w) /u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}

async function all(progress: AsyncIterable<unknown>): Promise<void> {
	for await (const _ of progress);
}

function isRefusal(says: RegExp) {
	return (thrown: unknown) => thrown instanceof Refusal && says.test(thrown.message);
}
