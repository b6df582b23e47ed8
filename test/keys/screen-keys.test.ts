import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadKeymap } from '../../src/keys/load.ts';
import { screenKeys } from '../../src/keys/screen-keys.ts';
import type { Model } from '../../src/state/model.ts';
import { aKeyboard } from '../support/a-keyboard.ts';

const keymap = loadKeymap();
const keys = screenKeys(keymap);

/** The footer after these keys, a blocked hint in brackets. */
function footer(...strokes: readonly string[]): string {
	return written(pressed(...strokes));
}

function pressed(...strokes: readonly string[]): Model {
	const keyboard = aKeyboard(undefined, keymap);
	keyboard.press(...strokes);
	return keyboard.model;
}

function written(model: Model): string {
	const hints = keys.hints(model).map(({ keys, says, isBlocked }) => {
		return isBlocked ? `[${keys} ${says}]` : `${keys} ${says}`;
	});
	return hints.join('  ');
}

for (const [where, strokes, expected] of [
	[
		'list',
		[],
		'[a approve]  [r reject…]  ⏎ details  / filter  c claim  s silence…  x actions  [b roll back…]  + only  - not  [\\ off/on]  ` tags  p fire…  : cmd  ? help  q quit',
	],
	['filter prompt', ['/'], '⏎ keep  Tab complete  / find  ^r search  ^o $EDITOR  Esc as before'],
	['form', ['p'], 'Tab next field  ^r search  ^o $EDITOR  Esc close'],
	['buttons of the form', ['p', 'tab', 'tab', 'tab'], 'Tab next field  [a send]  Esc close'],
	['sources', ['6'], 'x r reconnect  x p pause  / filter  p fire…  : cmd  ? help  q back'],
	['source group begun', ['6', 'x'], 'r Connect anew  p Pause, or let it go on  Esc cancel'],
] as const) {
	test(`the footer of the ${where} names its keys, the way out last`, () => {
		assert.equal(footer(...strokes), expected);
	});
}

test('in the details the footer names what they do there, and q goes back', () => {
	assert.match(footer('k', 'enter'), /^J next event {2}v view {2}.* q back$/);
});

test('the help lists each key once, under the innermost of its meanings', () => {
	const entries = keys.help(pressed('?')).flatMap((group) => group.entries);
	const all = entries.flatMap((entry) => (entry.keys.split(' ').length === 1 ? [entry.keys] : []));
	assert.equal(new Set(all).size, all.length);
	assert.ok(entries.some((entry) => entry.keys === 'G f' && entry.says.startsWith('Live again')));
	assert.ok(entries.some((entry) => entry.keys === 'End'));
});

test('the help finds what is typed', () => {
	const keyboard = aKeyboard(undefined, keymap);
	keyboard.press('?');
	keyboard.type('mark');
	const says = keys
		.help(keyboard.model)
		.flatMap(({ entries }) => entries.map((entry) => entry.says));
	assert.equal(says.length, 4);
});

test('a command says which keys reach it', () => {
	assert.equal(keys.of('list.follow'), 'G f');
	assert.equal(keys.of('nothing.at-all'), '');
});
