import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anEngine } from '../support/an-engine.ts';

test('bars count the view’s matches by severity and time', async () => {
	const console = anEngine();
	const start = Math.floor(console.clock.now() / 10_000) * 10_000;
	const push = (...bodies: readonly string[]) => {
		for (const body of bodies) console.sink.event(Buffer.from('t'), Buffer.from(body));
	};
	push('w1', 'c1');
	await new Promise((resolve) => setImmediate(resolve));
	console.clock.advance(10_000);
	push('w1', 'w2', 'w2');
	console.receive({
		...{ type: 'view.wanted', id: 1, filter: '-w1', anchor: 'tail', height: 3 },
		isFolded: false,
	});
	await console.heard('window');
	const ask = (id: number, from: number) =>
		console.receive({ type: 'bars.wanted', id, from, bucketMs: 10_000, count: 2 });
	ask(1, start);
	const { bars, bucketMs } = await console.heard('bars');
	assert.deepEqual([bars.crit, bars.err, bars.warn, bucketMs], [[1, 0], [0, 0], [0, 2], 10_000]);
	ask(2, start + 10_000);
	assert.deepEqual((await console.heard('bars', ({ id }) => id === 2)).bars.warn, [2, 0]);
});
