import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CatchUp } from '../../../connectors/nats/catch-up.ts';
import { aSink } from '../../support/a-sink.ts';

/** What was said of the link, in a word each: a number is how far behind. */
function said(begin: number, left: readonly number[]) {
	const sink = aSink();
	const catchUp = new CatchUp(sink);
	catchUp.begin(begin);
	for (const pending of left) catchUp.left(pending);
	return sink.links.map((link) => (link.kind === 'catching-up' ? link.behind : link.kind));
}

function countdown(from: number): number[] {
	return Array.from({ length: from }, (_, index) => from - 1 - index);
}

test('a replay says how far behind it is, every thousand events, and then that it is live', () => {
	assert.deepEqual(said(3500, countdown(3500)), [3500, 2500, 1500, 500, 'live']);
});

test('a reader with nothing to catch up on is live at once, and says so once', () => {
	assert.deepEqual(said(0, [0, 0, 3, 0]), ['live']);
	assert.deepEqual(said(100, countdown(100)), ['live']);
});

test('a live reader that falls behind is catching up again', () => {
	assert.deepEqual(said(0, [0, 40, 999, 1000, 1500, 400, 90]), ['live', 1000, 'live']);
});
