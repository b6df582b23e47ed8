import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { restore } from '../../components/terminal/sequences.ts';
import { Emulator } from '../support/emulator.ts';
import { root } from '../support/files.ts';
import { launched } from '../support/launched.ts';
import { aPty, onPty, type Pty } from '../support/pty.ts';
import { tempFolder } from '../support/temp-folder.ts';

const dyingProgram = `import 'file://${root}dist/test/support/dying-program.js';`;

/** A shell on a terminal runs the program and says afterwards what it finds. */
function aSession(t: TestContext): Pty {
	const pidFile = join(tempFolder(t), 'pid');
	return aPty(
		t,
		`before=$(stty -g); ${launched(t, dyingProgram)}; echo "code=$?"
		while kill -0 "$(cat ${pidFile})" 2>/dev/null; do sleep 0.05; done
		[ "$(stty -g)" = "$before" ] && echo modes=same || echo modes=changed`,
		{ PID_FILE: pidFile },
	);
}

async function codeAfter(t: TestContext, key: string): Promise<{ output: string; code: number }> {
	const session = aSession(t);
	await session.until('ready');
	session.type(key);
	await session.until('modes=');
	await session.until('\n');
	const output = session.output();
	return { output, code: Number(/code=(\d+)/.exec(output)?.[1]) };
}

async function isRestored(output: string): Promise<void> {
	const emulator = new Emulator();
	await emulator.write(output);
	const { type, bracketedPasteMode, wraparoundMode, synchronizedOutputMode } = emulator.state();
	assert.match(output, /modes=same/);
	assert.equal(type, 'normal');
	assert.equal(bracketedPasteMode, false);
	assert.equal(wraparoundMode, true);
	assert.equal(synchronizedOutputMode, false);
	assert.ok(await emulator.isSet(25), 'the cursor shows');
}

for (const [death, key, code] of [
	['q', 'q', 0],
	['a thrown error', 't', 1],
	['an unhandled rejection', 'r', 1],
	['a stack overflow', 'o', 1],
	['process.exit amid a frame', 'e', 3],
	['abort', 'a', 134],
	['an exhausted heap', 'm', 134],
	['SIGHUP', '1', 129],
	['SIGINT', '2', 130],
	['SIGQUIT', '3', 131],
	['SIGKILL of the console', '9', 137],
	['SIGSEGV', 's', 139],
	['SIGTERM', '4', 143],
	['SIGTERM of the supervisor', '5', 143],
	['SIGKILL of the supervisor', 'p', 137],
] as const) {
	test(
		`after ${death} the terminal is as it was and the exit code is ${code}`,
		onPty,
		async (t) => {
			const after = await codeAfter(t, key);
			await isRestored(after.output);
			assert.equal(after.code, code);
		},
	);
}

test('a launcher whose console ended well writes nothing to the terminal', onPty, async (t) => {
	const { output } = await codeAfter(t, 'q');
	assert.ok(!output.includes('\x1b7'));
});

test('a launcher whose console crashed says so', onPty, async (t) => {
	const { output } = await codeAfter(t, '9');
	assert.match(output, /eventctl: ended by signal 9; the terminal is restored/);
});

test('what nobody caught is said on the restored terminal, escaped', onPty, async (t) => {
	const { output } = await codeAfter(t, 't');
	const words = output.indexOf('a defect of eventctl ended it: Error: thrown ␛]0;title␇');
	assert.ok(words > output.lastIndexOf('\x1b[?1049l'), output);
});

test('the console and the launcher write the same to restore a terminal', () => {
	const launcher = readFileSync(join(root, 'bin/eventctl'), 'utf8');
	assert.ok(launcher.includes(restore.replaceAll('\x1b', '\\033')));
});

test('^Z gives the terminal back to the shell, and going on takes it again', onPty, async (t) => {
	const session = aPty(
		t,
		`set -m; before=$(stty -g); ${launched(t, dyingProgram)}; echo "code=$?"
		[ "$(stty -g)" = "$before" ] && echo modes=same || echo modes=changed; echo stopped
		read line; fg >/dev/null; echo "code=$?"`,
	);
	await session.until('ready');
	session.type('\x1a');
	await session.until('stopped');
	assert.match(session.output(), /code=148/);
	await isRestored(session.output());
	session.type('\n');
	await session.until('ready');
	session.type('q');
	await session.until('code=0');
	await session.ended;
});

test('a lost terminal ends the launcher and the console', onPty, async (t) => {
	const session = aPty(t, launched(t, dyingProgram));
	await session.until('ready');
	session.hangUp();
	await session.gone;
});
