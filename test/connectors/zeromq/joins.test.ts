import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame, FrameCutter, frameKind } from '../../../connectors/wire/pipe-frames.ts';
import { Joins } from '../../../connectors/zeromq/joins.ts';
import { aSink } from '../../support/a-sink.ts';
import { fakeClock } from '../../support/fake-clock.ts';

function aSubscriber() {
	const clock = fakeClock();
	const start = clock.now();
	const sink = aSink();
	const joins = new Joins(sink, clock);
	const gaps = () =>
		sink.gaps.map(({ from, to, cause }) => `${from - start}–${to - start} ${cause}`);
	return { clock, sink, joins, gaps };
}

test('the first joining is a gap from the start; the next from the loss', () => {
	const { clock, joins, gaps, sink } = aSubscriber();
	clock.advance(100);
	joins.joined();
	clock.advance(1000);
	joins.left();
	clock.advance(50);
	joins.retrying(250, 'nobody answers');
	clock.advance(250);
	joins.joined();
	assert.deepEqual(gaps(), [
		'0–100 joined: what was published before is not known',
		'1100–1400 the publisher went away',
	]);
	assert.deepEqual(
		sink.links.map(({ kind }) => kind),
		['live', 'connecting', 'waiting', 'live'],
	);
});

test('a second publisher that joins is no gap, for nothing was missed of the first', () => {
	const { joins, gaps } = aSubscriber();
	joins.joined();
	joins.joined();
	assert.equal(gaps().length, 1);
});

test('a process that ended is a loss like any other, counted from the first word of it', () => {
	const { clock, joins, gaps } = aSubscriber();
	joins.joined();
	clock.advance(10);
	joins.left();
	clock.advance(10);
	joins.lost('the ZeroMQ process ended by itself');
	clock.advance(10);
	joins.joined();
	assert.equal(gaps()[1], '10–30 the publisher went away');
});

for (const [parts, tag, body] of [
	[['alone'], '', 'alone'],
	[['', 'body'], '', 'body'],
	[['tag', 'body'], 'tag', 'body'],
	[['tag', 'a', 'b', ''], 'tag', 'a\nb\n'],
] as const) {
	test(`parts ${JSON.stringify(parts)} are tag ${JSON.stringify(tag)} and body ${JSON.stringify(body)}`, () => {
		const { joins, sink } = aSubscriber();
		new FrameCutter().push(encodeFrame(frameKind.message, parts), (frame) => joins.message(frame));
		assert.equal(sink.events[0]?.tag, tag);
		assert.equal(sink.events[0]?.body.toString(), body);
	});
}

test('a message too large for an event is a row that says so', () => {
	const { joins, sink } = aSubscriber();
	const parts = ['tag', Buffer.alloc(262_144)];
	new FrameCutter().push(encodeFrame(frameKind.message, parts), (frame) => joins.message(frame));
	assert.deepEqual(
		sink.broke.map(({ reason, bytes }) => [reason, bytes.length]),
		[['larger than 256 KiB', 262_147]],
	);
});
