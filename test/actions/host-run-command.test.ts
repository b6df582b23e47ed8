import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { hostRunCommand } from '../../src/actions/host-run-command.ts';
import { openHost } from '../../src/actions/this-host.ts';
import { Refusal } from '../../src/core/action.ts';
import { Failure } from '../../src/core/errors.ts';
import { aPlan, finished, notesOf, saidOf, startRun } from '../support/a-run.ts';
import { hostileStrings } from '../support/hostile.ts';
import { someTools } from '../support/some-tools.ts';
import { actionContract } from './contract.ts';

const never = new AbortController().signal;
const host = hostname();
const commands = {
	say: { argv: ['printf', '%s|', '{text}', 'end'], params: { text: { type: 'word' } } },
	list: { argv: ['ls', '--', '{path}'], params: { path: { type: 'word' } } },
	shade: {
		argv: ['printf', '{shade}'],
		params: { shade: { type: 'word', oneOf: ['red', 'blue'] } },
	},
	block: { argv: ['printf', '%s', '{net}'], params: { net: { type: 'address' } } },
	fail: { argv: ['sh', '-c', 'echo no luck >&2; exit 3'] },
	leave: { argv: ['sh', '-c', 'sleep 100 >/dev/null 2>&1 & echo $!'] },
	raise: { argv: ['/usr/bin/sudo', '-n', 'printf', '{text}'], params: { text: { type: 'word' } } },
	script: { argv: ['sh', '-c', '{text}'], params: { text: { type: 'word' } } },
	last: { argv: ['sleep', '100'], timeout: '10ms' },
};
const tools = someTools({ settings: { host: { commands } }, host: (name) => openHost(name, {}) });

actionContract(hostRunCommand, { target: `${host}:fail`, tools: () => tools });

test('a value is one word of the program, and its output is told', async () => {
	const progress = await run('say', { text: 'nginx.service' });
	assert.equal(outputOf(progress), 'nginx.service|end|');
	assert.equal(saidOf(progress, 0), 'exit 0');
});

test('no hostile value becomes a word, whatever it holds', async () => {
	for (const { text } of hostileStrings()) {
		// Such a text is a plain word, however it was meant.
		if (/^[\w.:+,%=/-][\w.:+,%=/@-]*$/u.test(text)) continue;
		await assert.rejects(run('say', { text }), Failure);
	}
	for (const text of ['-rf', '@/etc/shadow', '*', 'a b', '$(id)', 'a\0b', ';id', '']) {
		await assert.rejects(run('say', { text }), Failure, text);
	}
});

test('a value with a dash stands only behind --', async () => {
	await assert.rejects(run('say', { text: '--help' }), /begins with a dash/u);
	await assert.rejects(run('list', { path: '--help' }), /cannot access '--help'/u);
});

test('no value is handed to what runs its words as another, or as a script', async () => {
	await assert.rejects(run('raise', { text: 'hello' }), /no value is handed to \/usr\/bin\/sudo/u);
	await assert.rejects(run('script', { text: 'reboot' }), /no value is handed to sh/u);
});

test('values are of their type, and one of those allowed', async () => {
	assert.equal(outputOf(await run('block', { net: '203.0.113.0/24' })), '203.0.113.0/24');
	await assert.rejects(run('block', { net: '0.0.0.0/0' }), /from \/8 on/u);
	await assert.rejects(run('block', { net: 'example.org' }), /an address or a network/u);
	await assert.rejects(run('shade', { shade: 'green' }), /none of red, blue/u);
	await assert.rejects(run('shade', {}), /it has no value/u);
	await assert.rejects(run('shade', { shade: 'red', more: '1' }), /no such parameter/u);
	await assert.rejects(run('__proto__', {}), isRefusal(/no command that host\.commands allows/u));
});

test('a failure says how it ended and its last words', async () => {
	await assert.rejects(run('fail', {}), isFailure(/^exit 3: no luck$/u));
	await assert.rejects(run('last', {}), isFailure(/ended before it was done/u));
});

test('what goes on running is told', async () => {
	const progress = await run('leave', {});
	const pid = Number(outputOf(progress));
	process.kill(pid, 'SIGKILL');
	assert.deepEqual(notesOf(progress), [`it left running: ${pid}`]);
});

test('a command that the configuration says otherwise since is not run', async () => {
	const params = hostRunCommand.parse({ host, command: 'fail' });
	const plan = aPlan(hostRunCommand, await hostRunCommand.plan(params, tools, never));
	const other = { host: { commands: { fail: { argv: ['true'] } } } };
	const since = { ...tools, settings: other };
	assert.match((await hostRunCommand.precheck(plan, since, never)) ?? '', /now says true/u);
});

test('a run that is stopped ends what it runs', async () => {
	const stop = new AbortController();
	const slow = { host: { commands: { last: { argv: ['sleep', '100'] } } } };
	const started = await startRun(
		hostRunCommand,
		{ host, command: 'last' },
		{ ...tools, settings: slow },
		stop.signal,
	);
	await started.reaches(0);
	stop.abort();
	await assert.rejects(started.over);
});

function run(command: string, values: object) {
	return finished(hostRunCommand, { host, command, with: values }, tools);
}

function outputOf(progress: Awaited<ReturnType<typeof finished>>): string {
	return progress.flatMap((told) => (told.kind === 'output' ? [told.text] : [])).join('');
}

function isRefusal(says: RegExp) {
	return (thrown: unknown) => thrown instanceof Refusal && says.test(thrown.message);
}

function isFailure(says: RegExp) {
	return (thrown: unknown) => thrown instanceof Failure && says.test(thrown.message);
}
