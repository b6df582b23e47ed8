import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topKeeping, windowTop } from '../../src/present/window-top.ts';

test('a list stands so that its cursor is in the middle where it can', () => {
	assert.deepEqual(
		[0, 5, 9].map((cursor) => windowTop(cursor, 10, 4)),
		[0, 3, 6],
	);
	assert.equal(windowTop(2, 3, 10), 0);
});

test('a list that lost room keeps its cursor on the line where it was', () => {
	assert.equal(topKeeping({ cursor: 9, above: 3 }, 18, 7), 6);
	assert.equal(topKeeping({ cursor: 9, above: 12 }, 18, 7), 3);
	assert.equal(topKeeping({ cursor: 17, above: 99 }, 18, 7), 11);
	assert.equal(topKeeping({ cursor: 2, above: 2 }, 3, 7), 0);
});
