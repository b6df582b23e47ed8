import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Feed } from '../../src/engine/feed.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { Matcher } from '../../src/log/matcher.ts';
import { type AnEngine, anEngine } from '../support/an-engine.ts';

function feedOf({ engine }: AnEngine, text: string): Feed {
	const { criterion, forGaps } = compileFilter(text, 0);
	return new Feed(engine.log, new Matcher(engine.log, criterion, forGaps, engine.decoder.decode));
}

test('a feed gives every match once, in order, at the pace of its reader', () => {
	const console = anEngine();
	const feed = feedOf(console, 'w');
	for (let at = 0; at < 10_000; at++) {
		console.sink.event(Buffer.from('t'), Buffer.from(at % 2 ? 'w' : 'c'));
	}
	const seqs: number[] = [];
	while (!feed.isDrained) for (const { slab, row } of feed.take(7)) seqs.push(slab.first + row);
	assert.deepEqual(
		seqs,
		Array.from({ length: 5000 }, (_, at) => at * 2 + 2),
	);
	assert.equal(feed.lost(), 0);
});

test('what fell unread is counted once', () => {
	const console = anEngine({ events: 10_000, bytes: 1 << 28 });
	const feed = feedOf(console, '');
	for (let at = 0; at < 300_000; at++) console.sink.event(Buffer.from('t'), Buffer.from('w'));
	const { log } = console.engine;
	assert.equal(feed.lost(), log.first - 1);
	assert.equal(feed.lost(), 0);
	let taken = 0;
	while (!feed.isDrained) taken += feed.take(1000).length;
	assert.equal(taken, log.held);
});
