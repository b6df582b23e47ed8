import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Emulator } from '../support/emulator.ts';
import { root } from '../support/files.ts';
import { aPty, onPty, type Pty } from '../support/pty.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Processes = { readonly launcher: number; readonly console: number };

/** The console on a terminal with a file of events; `before` and `after` are what the shell does around it. */
async function aConsole(
	t: TestContext,
	before = '',
	after = '',
): Promise<Processes & { session: Pty }> {
	const home = tempFolder(t);
	const events = join(home, 'events.json');
	writeFileSync(events, '{"message":"hello from a file"}\n');
	const session = aPty(
		t,
		`${before} before=$(stty -g)
		sh -c 'echo "pid=$$"; exec ${root}bin/eventctl -s lines:${events}'; echo "code=$?"
		${after}
		[ "$(stty -g)" = "$before" ] && echo modes=same || echo modes=changed`,
		{ HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home },
	);
	await session.until('hello from a file');
	const launcher = Number(/pid=(\d+)/.exec(session.output())?.[1]);
	const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, 'utf8');
	return { session, launcher, console: Number(children.trim().split(' ').at(-1)) };
}

async function isRestored(session: Pty): Promise<void> {
	const emulator = new Emulator();
	await emulator.write(session.output());
	const { type, bracketedPasteMode, wraparoundMode } = emulator.state();
	assert.match(session.output(), /modes=same/);
	assert.deepEqual([type, bracketedPasteMode, wraparoundMode], ['normal', false, true]);
	assert.ok(await emulator.isSet(25), 'the cursor shows');
}

for (const [death, code, die] of [
	['q', 0, ({ session }) => session.type('q')],
	['SIGKILL', 137, ({ console }) => process.kill(console, 'SIGKILL')],
	['SIGTERM of the launcher', 143, ({ launcher }) => process.kill(launcher, 'SIGTERM')],
] as const satisfies readonly [string, number, (of: Processes & { session: Pty }) => void][]) {
	test(
		`after ${death} the console's terminal is as it was, and the exit code ${code}`,
		onPty,
		async (t) => {
			const { session, ...processes } = await aConsole(t);
			die({ session, ...processes });
			await session.until(`code=${code}`);
			await session.until('modes=');
			await session.until('\n');
			await isRestored(session);
		},
	);
}

test(
	'what is wrong with a source is said on a terminal that no screen was drawn on',
	onPty,
	async (t) => {
		const session = aPty(t, `${root}bin/eventctl -s bogus:x; echo "code=$?"`);
		await session.until('no source is of kind bogus');
		await session.until('code=2');
		assert.doesNotMatch(session.output(), /\?1049h|LIVE/);
	},
);

test('a console that lost its launcher restores the terminal and ends', onPty, async (t) => {
	const { session, launcher } = await aConsole(t, '', 'read line');
	process.kill(launcher, 'SIGKILL');
	await session.until('code=137');
	await session.until('\x1b[?1049l');
	await session.until('\x1b[?7h');
	session.type('\n');
	await session.until('modes=');
	await session.until('\n');
	await isRestored(session);
	await session.gone;
});

test('^Z stops the console, and going on draws it anew', onPty, async (t) => {
	const { session } = await aConsole(
		t,
		'set -m;',
		'echo stopped; read line; fg >/dev/null; echo "code=$?"',
	);
	session.type('\x1a');
	await session.until('code=148');
	await session.until('stopped');
	session.type('\n');
	await session.until('hello from a file');
	session.type('q');
	await session.until('code=0');
	await session.until('modes=');
	await session.until('\n');
	await isRestored(session);
});

test('a lost terminal leaves no process behind', onPty, async (t) => {
	const { session } = await aConsole(t);
	session.hangUp();
	await session.gone;
});
