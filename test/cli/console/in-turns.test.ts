import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { inTurns } from '../../../src/cli/console/in-turns.ts';

test('what is told in one turn is taken in one go, in its order, and what is told while taking in the next', async () => {
	const taken: string[] = [];
	const tell = inTurns((message: string) => {
		if (message === 'window') queueMicrotask(() => taken.push('drawn'));
		if (message === 'counts') tell('later');
		taken.push(message);
	});
	tell('window');
	tell('counts');
	assert.deepEqual(taken, []);
	await turn();
	assert.deepEqual(taken, ['window', 'counts', 'drawn']);
	await turn();
	assert.deepEqual(taken, ['window', 'counts', 'drawn', 'later']);
});
