import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { root } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** `eventctl demo` into a pipe, its folder in this one, and no servers to be found. */
function aDemo(t: TestContext, folder: string, ...words: string[]) {
	const argv = [`${root}dist/src/cli/main.js`, 'demo', '-q', ...words];
	const env = { PATH: '', HOME: folder, TMPDIR: folder };
	const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'ignore'] });
	t.after(() => child.kill('SIGKILL'));
	return { child, left: () => readdirSync(folder).filter((name) => name.startsWith('eventctl')) };
}

test('into a pipe the story is told once, as JSON lines, and leaves nothing behind', async (t) => {
	const { child, left } = aDemo(t, tempFolder(t));
	const [out] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
	const lines = Buffer.concat(out)
		.toString()
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	const sources = new Set(lines.map(({ source }) => source));
	assert.deepEqual([child.exitCode, left()], [0, []]);
	assert.ok(sources.has('salt') && sources.has('falco'));
	assert.ok(lines.some(({ gap }) => gap?.lost === 2104));
	assert.ok(lines.some(({ tag }) => tag === 'falco/Outbound Connection to C2 Servers'));
});

test('it is filtered as anything else, and asked to end it ends with nothing left behind', async (t) => {
	const { child, left } = aDemo(t, tempFolder(t), 'src:salt');
	const [first] = await once(child.stdout.setEncoding('utf8'), 'data');
	assert.equal(left().length, 1);
	child.kill('SIGTERM');
	await once(child, 'exit');
	assert.match(String(first), /"source":"salt"/);
	assert.deepEqual([child.exitCode, left()], [143, []]);
});

test('the folder of one that was killed is gone once the next has begun, and that of one that runs stays', async (t) => {
	const folder = tempFolder(t);
	const killed = aDemo(t, folder);
	await once(killed.child.stdout, 'data');
	const dead = killed.left();
	killed.child.kill('SIGKILL');
	await once(killed.child, 'exit');
	const running = aDemo(t, folder);
	await once(running.child.stdout, 'data');
	// It does not end before the next has begun.
	running.child.kill('SIGSTOP');
	const alive = running.left();
	const next = aDemo(t, folder);
	await once(next.child.stdout, 'data');
	const left = next.left();
	assert.deepEqual([dead.length, alive.length, left.length], [1, 1, 2]);
	assert.ok(!left.some((name) => dead.includes(name)) && left.includes(alive[0] ?? ''));
});
