import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../support/files.ts';
import { launched } from '../support/launched.ts';
import { ownHome } from '../support/own-home.ts';
import { aPty, onPty } from '../support/pty.ts';
import { tempFolder } from '../support/temp-folder.ts';

const tellAll = `process.stdout.write(JSON.stringify({
	argv: process.argv.slice(2), flags: process.execArgv, env: process.env, proto: '__proto__' in {},
}));`;

function told(launcher: string, words: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
	const { stdout, stderr } = ran(launcher, words, env);
	assert.equal(stderr, '');
	return JSON.parse(stdout);
}

/** Runs it to its end, with the folder that holds its own as home. */
function ran(launcher: string, words: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
	const home = join(dirname(launcher), '..');
	return spawnSync(launcher, words, { encoding: 'utf8', env: { ...ownHome(home), ...env } });
}

test('words reach the program as they are', (t) => {
	const words = ['a b', '*', '$HOME', "it's", '', '--', '-x', 'é\n'];
	assert.deepEqual(told(launched(t, tellAll), words).argv, words);
});

test('Node runs hardened: no eval, no prototype by name, no inspector by signal, no addons', (t) => {
	const { flags, proto } = told(launched(t, tellAll));
	for (const flag of [
		'--disallow-code-generation-from-strings',
		'--disable-sigusr1',
		'--no-addons',
	]) {
		assert.ok(flags.includes(flag), flag);
	}
	assert.equal(proto, false);
});

test('what would change how Node runs is cleared, but certificates and the proxy', (t) => {
	const cache = tempFolder(t);
	const { env } = told(launched(t, tellAll), [], {
		NODE_OPTIONS: '--no-deprecation',
		NODE_PATH: '/tmp',
		NODE_COMPILE_CACHE: '/tmp',
		NODE_ENV: 'development',
		XDG_CACHE_HOME: cache,
		SUDO_USER: undefined,
		NODE_EXTRA_CA_CERTS: '',
		NODE_USE_ENV_PROXY: '0',
		ODD: 'NODE_x-y=1 NODE_DEBUG=http\nNODE_*=2',
	});
	const left = Object.keys(env).filter((name) => name.startsWith('NODE_'));
	const ours = ['NODE_COMPILE_CACHE', 'NODE_ENV'];
	assert.deepEqual(left.sort(), [...ours, 'NODE_EXTRA_CA_CERTS', 'NODE_USE_ENV_PROXY']);
	assert.equal(env.NODE_COMPILE_CACHE, join(cache, 'eventctl'));
	assert.equal(env.NODE_ENV, 'production');
	assert.equal(env.ODD, 'NODE_x-y=1 NODE_DEBUG=http\nNODE_*=2');
});

test('under sudo no compiled code is kept in, or taken from, a home', (t) => {
	const { env } = told(launched(t, tellAll), [], { SUDO_USER: 'somebody' });
	assert.equal(env.NODE_COMPILE_CACHE, undefined);
});

test('where there is a bundle, it is what runs', (t) => {
	const launcher = launched(t, 'process.exit(1);');
	const bundle = join(dirname(launcher), '../dist/bundle/cli');
	mkdirSync(bundle, { recursive: true });
	writeFileSync(join(bundle, 'main.js'), tellAll);
	assert.deepEqual(told(launcher, ['a word']).argv, ['a word']);
});

test('the launcher finds its package through links, wherever it is called from', (t) => {
	const launcher = launched(t, tellAll);
	const elsewhere = join(tempFolder(t), 'a b');
	mkdirSync(elsewhere);
	symlinkSync(launcher, join(elsewhere, 'absolute'));
	symlinkSync('absolute', join(elsewhere, 'eventctl'));
	assert.deepEqual(told(join(elsewhere, 'eventctl'), ['x']).argv, ['x']);
	const cwd = dirname(launcher);
	const env = ownHome(cwd);
	const byShell = spawnSync('sh', ['eventctl', 'y'], { cwd, env, encoding: 'utf8' });
	assert.deepEqual(JSON.parse(byShell.stdout).argv, ['y']);
});

for (const [found, version] of [
	['20.1.0', '20.1.0'],
	['none', ''],
] as const) {
	test(`without a Node of its own and with ${found} on PATH it says what it needs`, (t) => {
		const launcher = launched(t, tellAll);
		rmSync(join(dirname(launcher), '../node_modules'));
		const folder = tempFolder(t);
		for (const tool of ['sh', 'readlink']) symlinkSync(`/usr/bin/${tool}`, join(folder, tool));
		const script = `#!/bin/sh\necho v${version}\n`;
		if (version) writeFileSync(join(folder, 'node'), script, { mode: 0o755 });
		const { status, stderr } = spawnSync(launcher, { encoding: 'utf8', env: { PATH: folder } });
		assert.equal(status, 1);
		assert.match(stderr, new RegExp(`^eventctl: needs Node 24 or newer, found ${found}: .*\\n$`));
	});
}

test('the exit code is the program’s own', (t) => {
	assert.equal(ran(launched(t, 'process.exit(7)')).status, 7);
	const { signal } = ran(launched(t, "process.kill(process.pid, 'SIGTERM')"));
	assert.equal(signal, 'SIGTERM');
});

test('a pipe reaches the program also where the screen is a terminal', onPty, async (t) => {
	const launcher = launched(
		t,
		"process.stdin.on('data', (text) => console.log('got', String(text)))",
	);
	const session = aPty(t, `echo piped | ${launcher}; echo "code=$?"`);
	await session.until('got piped');
	await session.until('code=0');
});

test('^C ends a program that draws no screen, and leaves nothing on it', onPty, async (t) => {
	const launcher = launched(t, "console.log('running'); setInterval(() => {}, 1000)");
	const session = aPty(t, `trap : INT; ${launcher}; echo "code=$?"`);
	await session.until('running');
	session.type('\x03');
	await session.until('code=130');
	assert.ok(!session.output().includes('ended by'));
});

test('Ink draws and a worker runs under the hardening flags', (t) => {
	const program = `
		import { isMainThread, parentPort, Worker } from 'node:worker_threads';
		import { createElement } from 'react';
		import { renderToString, Text } from 'ink';
		if (isMainThread) {
			const worker = new Worker(import.meta.filename);
			worker.on('message', (text) => process.stdout.write(text));
		} else {
			parentPort.postMessage(renderToString(createElement(Text, null, 'drawn in a worker')));
		}
	`;
	const { stdout, stderr } = ran(launched(t, program));
	assert.equal(stdout + stderr, 'drawn in a worker');
});

test('SIGUSR1 ends neither launcher nor program, and opens no inspector', onPty, async (t) => {
	const launcher = launched(
		t,
		`import { stopSignal } from 'file://${root}dist/src/cli/signals.js';
		const { signal, exitCode } = stopSignal(process);
		setInterval(() => {}, 1000);
		signal.addEventListener('abort', () => process.exit(exitCode()));
		console.log('running');`,
	);
	const signals = 'kill -USR1 $pid $(cat /proc/$pid/task/$pid/children); kill -TERM $pid';
	const session = aPty(t, `${launcher} & pid=$!; read go; ${signals}; wait $pid; echo "code=$?"`);
	await session.until('running');
	session.type('go\n');
	await session.until('code=143');
	assert.ok(!session.output().includes('Debugger'));
});
