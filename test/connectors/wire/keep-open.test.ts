import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ending, keepOpen } from '../../../connectors/wire/keep-open.ts';
import { aBell } from '../../support/a-bell.ts';
import { aSink } from '../../support/a-sink.ts';
import { fakeClock } from '../../support/fake-clock.ts';

/** One connection under the test's hand: it may open, and ends when it is told to. */
type Try = { open(): void; speak(): void; end(ending: Ending): void };

function aStage() {
	const sink = aSink();
	const clock = fakeClock(1_000_000);
	const stop = new AbortController();
	const bell = aBell();
	const tries: Try[] = [];
	let changed: (() => void) | undefined;
	const done = keepOpen(
		{
			sink,
			clock,
			watch(then) {
				changed = then;
				return () => {
					changed = undefined;
				};
			},
			connect({ opened, speaks }) {
				return new Promise((resolve) => {
					stop.signal.addEventListener('abort', () => resolve({ reason: 'stopped' }));
					tries.push({ open: opened, speak: speaks, end: resolve });
					bell.ring();
				});
			},
		},
		stop.signal,
	);
	return {
		sink,
		clock,
		/** The nth connection that is tried, from 1, once it is. */
		async connection(count: number): Promise<Try> {
			await bell.until(`connection ${count}`, () => tries.length === count);
			return tries[count - 1] as Try;
		},
		change: () => changed?.(),
		isWatching: () => changed !== undefined,
		async stop() {
			stop.abort();
			await done;
		},
	};
}

const refused: Ending = { reason: 'nobody is there' };
const cut: Ending = { reason: 'it stopped', ifTakenAtOnce: 'we were too slow' };

/** A stage whose first connection lasted five seconds and was cut. */
async function aCutStage() {
	const stage = aStage();
	const first = await stage.connection(1);
	first.open();
	stage.clock.advance(5000);
	first.end(cut);
	return stage;
}

test('tries follow at 0.1 s doubling to 2 s, for ever', async () => {
	const stage = aStage();
	const waits: number[] = [];
	for (let count = 1; count <= 8; count += 1) {
		(await stage.connection(count)).end(refused);
		await stage.clock.until('the wait', () => stage.clock.pending().length === 1);
		const [ms = 0] = stage.clock.pending();
		waits.push(ms);
		assert.deepEqual(stage.sink.links.at(-1), {
			kind: 'waiting',
			retryAt: stage.clock.now() + ms,
			reason: 'nobody is there',
			attempt: count,
		});
		stage.clock.advance(ms);
	}
	assert.deepEqual(waits, [100, 200, 400, 800, 1600, 2000, 2000, 2000]);
	assert.deepEqual(stage.sink.gaps, []);
	await stage.stop();
});

test('a connection that lasted is followed by another at once, with one gap between', async () => {
	const stage = await aCutStage();
	const second = await stage.connection(2);
	assert.equal(stage.sink.lastLink(), 'connecting');
	second.open();
	second.speak();
	assert.deepEqual(stage.sink.gaps, [
		{ from: 1_005_000, to: 1_005_000, cause: 'we were too slow' },
	]);
	assert.equal(stage.sink.lastLink(), 'live');
	second.speak();
	assert.equal(stage.sink.gaps.length, 1);
	await stage.stop();
});

test('a silent connection that is taken at once counts once it has stood for 0.2 s', async () => {
	const stage = await aCutStage();
	(await stage.connection(2)).open();
	stage.clock.advance(199);
	assert.deepEqual(stage.sink.gaps, []);
	stage.clock.advance(1);
	assert.deepEqual(stage.sink.gaps, [
		{ from: 1_005_000, to: 1_005_200, cause: 'we were too slow' },
	]);
	assert.equal(stage.sink.lastLink(), 'live');
	await stage.stop();
});

test('a connection that a dying daemon still takes is no end of the outage', async () => {
	const stage = await aCutStage();
	const second = await stage.connection(2);
	second.open();
	stage.clock.advance(50);
	second.end(cut);
	await stage.sink.until('the wait', () => stage.sink.lastLink() === 'waiting');
	stage.clock.advance(100);
	(await stage.connection(3)).open();
	assert.deepEqual(stage.sink.gaps, [{ from: 1_005_000, to: 1_005_150, cause: 'it stopped' }]);
	await stage.stop();
});

test('the gap of an outage spans all of it and names its first cause', async () => {
	const stage = await aCutStage();
	for (const count of [2, 3, 4]) {
		(await stage.connection(count)).end(refused);
		await stage.clock.until('the wait', () => stage.clock.pending().length === 1);
		stage.clock.advance(stage.clock.pending()[0] ?? 0);
	}
	(await stage.connection(5)).open();
	assert.deepEqual(stage.sink.gaps, [{ from: 1_005_000, to: 1_005_700, cause: 'it stopped' }]);
	await stage.stop();
});

test('connections that end as soon as they speak are not tried again without a pause', async () => {
	const stage = aStage();
	for (const [count, ms] of [
		[1, 100],
		[2, 200],
		[3, 400],
	] as const) {
		const next = await stage.connection(count);
		next.open();
		next.speak();
		next.end(cut);
		await stage.sink.until('the wait', () => stage.sink.lastLink() === 'waiting');
		assert.deepEqual(stage.clock.pending(), [ms]);
		stage.clock.advance(ms);
	}
	await stage.connection(4);
	assert.equal(stage.sink.gaps.length, 2);
	await stage.stop();
});

test('what the watch sees cuts a wait short, and the next waits are short again', async () => {
	const stage = aStage();
	for (const count of [1, 2, 3, 4, 5]) {
		(await stage.connection(count)).end(refused);
		await stage.clock.until('the wait', () => stage.clock.pending().length === 1);
		if (count < 5) stage.clock.advance(stage.clock.pending()[0] ?? 0);
	}
	assert.deepEqual(stage.clock.pending(), [1600]);
	stage.change();
	(await stage.connection(6)).end(refused);
	await stage.clock.until('the wait', () => stage.clock.pending().length === 1);
	assert.deepEqual(stage.clock.pending(), [100]);
	await stage.stop();
});

test('stopping ends the wait, the watch and the timer, and a gap that is still open is told', async () => {
	const stage = await aCutStage();
	(await stage.connection(2)).end(refused);
	await stage.clock.until('the wait', () => stage.clock.pending().length === 1);
	stage.clock.advance(40);
	await stage.stop();
	assert.deepEqual(stage.clock.pending(), []);
	assert.equal(stage.isWatching(), false);
	assert.deepEqual(stage.sink.gaps, [{ from: 1_005_000, to: 1_005_040, cause: 'it stopped' }]);
});

test('an outage that ends with a stop says nothing of how a new connection would have been taken', async () => {
	const stage = await aCutStage();
	await stage.connection(2);
	await stage.stop();
	assert.deepEqual(
		stage.sink.gaps.map(({ cause }) => cause),
		['it stopped'],
	);
});

test('stopping a connection that is open leaves no gap', async () => {
	const stage = aStage();
	(await stage.connection(1)).open();
	await stage.stop();
	assert.deepEqual(stage.sink.gaps, []);
});
