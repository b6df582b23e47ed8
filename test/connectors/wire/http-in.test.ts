import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { listen } from '../../../connectors/wire/http-in.ts';
import { aSink } from '../../support/a-sink.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { freePort } from '../../support/free-port.ts';

async function listening(t: TestContext, limits: { requestMs: number; perSecond: number }) {
	const port = await freePort();
	const clock = fakeClock();
	const sink = aSink();
	const stop = new AbortController();
	const gate = { path: '/', token: undefined, types: ['application/json'], otherType: 'not JSON' };
	const take = (body: Buffer) => sink.event(Buffer.alloc(0), body);
	const ended = listen(
		{ host: '127.0.0.1', port, gate, tls: undefined, take, limits },
		sink,
		clock,
		stop.signal,
	);
	t.after(() => {
		stop.abort();
		return ended;
	});
	await sink.until('live', () => sink.lastLink() === 'live');
	return { url: `http://127.0.0.1:${port}/`, port, clock, sink };
}

test('a sender that is too fast is slowed, and let in again a second later', async (t) => {
	const { url, clock, sink } = await listening(t, { requestMs: 10_000, perSecond: 2 });
	const post = async () => {
		const headers = { 'content-type': 'application/json' };
		return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
	};
	assert.deepEqual([await post(), await post(), await post()], [202, 202, 429]);
	clock.advance(1000);
	assert.equal(await post(), 202);
	assert.deepEqual(
		sink.gaps.map(({ cause, lost }) => `${lost} ${cause}`),
		['1 refused: too many at once from one sender'],
	);
});

for (const [where, sent, why] of [
	['head', 'POST / HTTP/1.1\r\nhost:', 'not sent in time'],
	[
		'body',
		'POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
		'broken off before the end of the body',
	],
]) {
	test(`a request that stops within its ${where} is closed and counted once`, async (t) => {
		const { port, clock, sink } = await listening(t, { requestMs: 500, perSecond: 10 });
		const socket = connect(port, '127.0.0.1');
		socket.write(sent ?? '');
		await once(socket.resume(), 'close');
		await clock.until('a count', () => clock.pending().length > 0);
		clock.advance(1000);
		assert.deepEqual(
			sink.gaps.map(({ cause, lost }) => `${lost} ${cause}`),
			[`1 refused: ${why}`],
		);
	});
}
