import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../../src/actions/spawn.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Failure } from '../../src/core/errors.ts';
import type { CommandOptions } from '../../src/core/host-tool.ts';
import { hastyClock } from '../support/hasty-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;

function run(argv: readonly string[], options: Partial<CommandOptions> = {}) {
	return runCommand(argv, { timeoutMs: 60_000, ...options }, never);
}

const hostileWords = [
	'; touch /tmp/owned',
	'$(id)',
	'`id`',
	'a b\tc\nd',
	'',
	'\'"\\',
	'*',
	'-rf',
	'| cat /etc/shadow',
	'$HOME ~ %s \\0',
	'naïve ‮ 🦊',
	'\u001b[2J',
];

test('thirty commands get their words byte for byte, and no shell reads them', async () => {
	for (let count = 0; count < 30; count++) {
		const words = [...hostileWords.slice(count % 12), `${count}`];
		const { stdout, exitCode } = await run(['printf', '%s\\0', ...words]);
		assert.equal(exitCode, 0);
		assert.deepEqual(stdout.split('\0').slice(0, -1), words);
	}
});

test('thirty commands with children that flee and will not end leave nobody behind', async (t) => {
	const folder = tempFolder(t);
	const stubborn = 'trap "" TERM HUP; echo $$ | tee -a pids; while :; do sleep 100; done';
	const script = `cd ${folder}; setsid sh -c '${stubborn}' & ${stubborn}`;
	for (let batch = 0; batch < 10; batch++) {
		const runs = Array.from({ length: 3 }, () => cutOnceStarted(script, 2));
		for (const { isCut, survivors } of await Promise.all(runs)) {
			assert.equal(isCut, true);
			assert.deepEqual(survivors, []);
		}
	}
	const pids = pidsIn(join(folder, 'pids'));
	assert.equal(pids.length, 60);
	for (const pid of pids) assert.equal(isRunning(pid), false, `${pid} lives`);
});

test('a command that takes too long is told to end, and has time to do so', async () => {
	const script = 'trap "echo bye; exit 3" TERM; echo up; while :; do sleep 0.01; done';
	const seen: string[] = [];
	const stop = new AbortController();
	const { exitCode, isCut, stdout } = await runCommand(
		['sh', '-c', script],
		{
			timeoutMs: 600_000,
			onOutput: (_, text) => {
				seen.push(text);
				stop.abort();
			},
		},
		stop.signal,
	);
	assert.deepEqual({ exitCode, isCut, stdout }, { exitCode: 3, isCut: true, stdout: 'up\nbye\n' });
	assert.equal(seen[0], 'up\n');
});

test('its time is over on the clock it is given', async () => {
	const { isCut, signal } = await runCommand(
		['sleep', '100'],
		{ timeoutMs: 1000 },
		never,
		hastyClock,
	);
	assert.deepEqual({ isCut, signal }, { isCut: true, signal: 'SIGTERM' });
});

test('what a command leaves running after its own end is told', async (t) => {
	const { exitCode, survivors } = await run(['sh', '-c', 'sleep 100 >/dev/null 2>&1 &']);
	t.after(() => survivors.map((pid) => process.kill(pid)));
	assert.equal(exitCode, 0);
	assert.equal(survivors.length, 1);
});

test('a child that holds the pipes does not hold us', async (t) => {
	const { stdout, survivors } = await runCommand(
		['sh', '-c', 'sleep 100 & echo done'],
		{ timeoutMs: 600_000 },
		never,
		hastyClock,
	);
	t.after(() => survivors.map((pid) => process.kill(pid)));
	assert.equal(stdout, 'done\n');
});

for (const [size, kept] of [
	[65_536, 65_536],
	[65_537, 65_536],
	[3_000_000, 65_536],
] as const) {
	test(`of ${size} bytes ${kept} are kept, head and tail, and the rest is counted`, async () => {
		const script = `head -c ${size - 6} /dev/zero | tr '\\0' x | sed 's/^/BEG/;s/$/END/'`;
		let seen = 0;
		const onBytes = (_: string, bytes: Uint8Array) => {
			seen += bytes.length;
		};
		const { stdout, leftOut } = await run(['sh', '-c', `${script} | tr -d '\\n'`], { onBytes });
		assert.equal(Buffer.byteLength(stdout), kept);
		assert.equal(leftOut, size - kept);
		assert.equal(seen, size);
		assert.match(stdout, /^BEGx+END$/u);
	});
}

test('a cut through a character leaves text, and counts what it took with it', async () => {
	const { stdout, leftOut, base64 } = await run([
		'sh',
		'-c',
		"printf 'a'; yes '€' | head -c 400000",
	]);
	assert.deepEqual(base64, []);
	assert.ok(!stdout.includes('\ufffd'));
	assert.equal(Buffer.byteLength(stdout) + leftOut, 400_001);
});

test('what is no text comes as base64, stream by stream', async () => {
	const { stdout, stderr, base64 } = await run(['sh', '-c', "printf '\\377\\0'; echo fine >&2"]);
	assert.deepEqual(
		{ stdout, stderr, base64 },
		{ stdout: '/wA=', stderr: 'fine\n', base64: ['out'] },
	);
});

test('a command gets its input, the root folder, an umask and an environment of its own', async () => {
	process.env['EVENTCTL_TEST_SECRET'] = 'hush';
	const { stdout } = await run(['sh', '-c', 'cat; pwd; umask; env'], { input: 'in\n' });
	delete process.env['EVENTCTL_TEST_SECRET'];
	const [said, folder, umask, ...env] = stdout.trim().split('\n');
	assert.deepEqual([said, folder, umask], ['in', '/', '0077']);
	assert.ok(!env.some((line) => line.includes('hush')));
	assert.ok(env.includes('PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'));
	assert.notEqual(process.umask(), 0o077);
});

test('a program is looked for on the fixed path only', async (t) => {
	const folder = tempFolder(t);
	writeFileSync(join(folder, 'eventctl-own'), '#!/bin/sh\n', { mode: 0o755 });
	const before = process.env['PATH'];
	process.env['PATH'] = folder;
	t.after(() => {
		process.env['PATH'] = before;
	});
	await assert.rejects(run(['eventctl-own']), isConfigFailure(/no such program in/u));
	await assert.rejects(run(['./eventctl-own']), isConfigFailure(/absolute path/u));
	await assert.rejects(run([folder]), isConfigFailure(/no such program/u));
});

test('nothing is started once stop was said', async () => {
	await assert.rejects(runCommand(['true'], { timeoutMs: 1 }, AbortSignal.abort(), systemClock));
});

/** Runs a script and stops it when it has printed so many lines. */
function cutOnceStarted(script: string, lines: number) {
	const stop = new AbortController();
	let seen = '';
	const onOutput = (_: string, text: string) => {
		seen += text;
		if (seen.split('\n').length > lines) stop.abort();
	};
	const options = { timeoutMs: 600_000, onOutput };
	return runCommand(['sh', '-c', script], options, stop.signal, hastyClock);
}

function isConfigFailure(says: RegExp) {
	return (thrown: unknown) =>
		thrown instanceof Failure && thrown.code === 'config' && says.test(thrown.message);
}

function pidsIn(path: string): number[] {
	return readFileSync(path, 'utf8').trim().split('\n').map(Number);
}

function isRunning(pid: number): boolean {
	try {
		return !/\) [ZX] /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
}
