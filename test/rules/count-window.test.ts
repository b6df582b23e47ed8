import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountWindow } from '../../src/rules/count-window.ts';

test('what is remembered is bounded: keys longest unseen are forgotten first', () => {
	const window = new CountWindow(2, 3_600_000);
	window.add('first', 1, 0);
	for (let index = 0; index < 20_000; index++) window.add(`k${index}`, index + 2, 1);
	assert.equal(window.add('first', 30_000, 2), undefined, 'the first key was forgotten');
	assert.deepEqual(window.add('k19999', 30_001, 2), [20_001, 30_001]);
});

test('a flood under one key cites the newest fifty', () => {
	const window = new CountWindow(2, 60_000);
	let seqs: readonly number[] | undefined;
	for (let seq = 1; seq <= 500; seq++) seqs = window.add('', seq, seq);
	assert.equal(seqs?.length, 50);
	assert.equal(seqs?.at(-1), 500);
});
