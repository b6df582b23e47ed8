import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, type ScreenOptions } from '../../components/open.tsx';
import { TerminalOutput } from '../../components/terminal/terminal-output.ts';
import { systemClock } from '../../src/core/clock.ts';
import { auditTold, storyApprovals, storyOutput, storyRules } from '../support/a-response.ts';
import { aWindow, storyRows, storyStore } from '../support/a-story.ts';
import { aSurvey } from '../support/a-survey.ts';
import { ATerminal } from '../support/a-terminal.ts';
import { frame, shippedKeys } from '../support/screen.tsx';

const size = { columns: 80, rows: 24 };

async function opened(of: Partial<ScreenOptions> = {}) {
	const terminal = new ATerminal(size);
	const store = storyStore(size);
	const stdout = new TerminalOutput(terminal, systemClock);
	const options = {
		store,
		keys: shippedKeys,
		theme: 'dark',
		isAscii: false,
		clock: systemClock,
		stdout,
	} as const;
	const screen = open({ ...options, ...of });
	const drawn = async () => {
		await screen.waitUntilFlush();
		await terminal.drawn();
	};
	await drawn();
	return { terminal, store, screen, stdout, drawn };
}

test('the terminal shows what the model says, drawn by differences', async () => {
	const { terminal, store, screen, stdout, drawn } = await opened();
	assert.equal(terminal.text, frame(store));
	for (let at = 0; at < 9; at += 1) {
		store.dispatch({ type: 'cursor.moved', by: -1 });
		await drawn();
		assert.equal(terminal.text, frame(store));
	}
	store.dispatch(aWindow({ rows: storyRows.slice(2), below: 3 }));
	await drawn();
	assert.equal(terminal.text, frame(store));
	screen.unmount();
	await screen.waitUntilExit();
	await terminal.drawn();
	assert.equal(terminal.isAlternate, false);
	assert.equal(stdout.violations, 0);
});

test('the selected row stands out without any colour', async () => {
	const { terminal, store, screen, drawn } = await opened({ theme: 'plain' });
	store.dispatch({ type: 'cursor.moved', by: -1 });
	await drawn();
	assert.deepEqual(
		terminal.inverted.map((line) => line.slice(0, 14)),
		['›note 03:06:31'],
	);
	assert.doesNotMatch(terminal.written, /\[(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])m/);
	screen.unmount();
});

test('a resized terminal is drawn anew at its new size', async () => {
	const { terminal, store, screen, drawn } = await opened();
	for (const now of [
		{ columns: 120, rows: 40 },
		{ columns: 60, rows: 16 },
		{ columns: 50, rows: 10 },
	]) {
		store.dispatch({ type: 'resized', size: now });
		terminal.resize(now);
		await drawn();
		assert.equal(terminal.text.trimEnd(), frame(store).trimEnd());
	}
	screen.unmount();
});

test('a repaint puts right what somebody else wrote over the screen', async () => {
	const { terminal, store, screen, drawn } = await opened();
	terminal.write('\x1b[5;5Hwrite: a message from another terminal\r\n\n\n');
	screen.repaint();
	await drawn();
	assert.equal(terminal.text, frame(store));
	screen.unmount();
});

test('the terminal is lent and taken back', async () => {
	const { terminal, store, screen, drawn } = await opened();
	const takeBack = await screen.lend();
	await drawn();
	assert.equal(terminal.isAlternate, false);
	terminal.write('an editor was here\r\n');
	await takeBack();
	await drawn();
	assert.equal(terminal.isAlternate, true);
	assert.equal(terminal.text, frame(store));
	screen.unmount();
});

test('a screen of ASCII holds nothing else', async () => {
	const { terminal, store, screen, drawn } = await opened({ isAscii: true });
	store.dispatch({ type: 'cursor.moved', by: -3 });
	await drawn();
	assert.match(terminal.text, /^[\n -~]*$/);
	assert.match(terminal.text, /\.\.\.\/job\/\.\.\.0602\/ret\/web12 - state\.apply/);
	assert.match(terminal.text, / crit \.+\S+ .* 02:5\d->03:07\n/);
	assert.match(terminal.text, /\? help {2}q quit$/);
	store.dispatch({ type: 'tags.toggled' });
	store.dispatch(aSurvey(1));
	await drawn();
	assert.match(terminal.text, /^[\n -~]*$/);
	assert.match(terminal.text, /\*\/load\/ +131/);
	screen.unmount();
});

test('a screen of ASCII holds nothing else where one responds', async () => {
	const { terminal, store, screen, drawn } = await opened({ isAscii: true });
	store.dispatch(storyApprovals);
	store.dispatch(storyRules);
	for (const message of [
		{ type: 'cursor.moved', by: -5 },
		{ type: 'screen.chosen', screen: 'approvals' },
		{ type: 'zoom.toggled' },
		{ type: 'screen.chosen', screen: 'runs' },
		storyOutput,
		{ type: 'screen.chosen', screen: 'audit' },
		auditTold(1),
		{ type: 'screen.chosen', screen: 'rules' },
		{ type: 'dialog.opened', approval: 'A-0099' },
		{ type: 'overlay.closed' },
		{ type: 'edit.opened', approval: 'A-0097', text: 'pod: pay' },
	] as const) {
		store.dispatch(message);
		await drawn();
		assert.match(terminal.text, /^[\n -~]*$/, message.type);
	}
	screen.unmount();
});
