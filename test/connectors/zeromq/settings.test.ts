import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeromq } from '../../../connectors/zeromq.ts';

const key = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7';

/** Settings as one would write them: without what is not set. */
function parsed(rest: string, query: Record<string, string> = {}): object {
	const raw = zeromq.fromText(rest, new Map(Object.entries(query)));
	return JSON.parse(JSON.stringify(zeromq.parse(raw)));
}

test('-s names an endpoint, and all the rest may be left out', () => {
	assert.deepEqual(parsed('tcp://h:5556'), { endpoint: 'tcp://h:5556', bind: false });
	assert.deepEqual(parsed('ipc:///run/bus', { bind: 'true', topics: 'a,b', hwm: '10' }), {
		endpoint: 'ipc:///run/bus',
		bind: true,
		topics: ['a', 'b'],
		highWaterMark: 10,
	});
});

test('keys: the server one in the open, our secret one by reference', () => {
	assert.deepEqual(parsed('tcp://h:1', { server_key: key, public_key: key, secret_key: '/k' }), {
		endpoint: 'tcp://h:1',
		bind: false,
		curve: { server_key: key, public_key: key, secret_key: 'file:/k' },
	});
});

test('what is fired goes to an endpoint of its own', () => {
	assert.deepEqual(parsed('tcp://h:1', { push: 'tcp://h:2' }), {
		endpoint: 'tcp://h:1',
		bind: false,
		fire: { pattern: 'push', endpoint: 'tcp://h:2', bind: false },
	});
});

for (const [rest, query, says] of [
	['h:5556', {}, /endpoint: is tcp:/],
	['tcp://h:1', { bind: 'maybe' }, /bind: /],
	['tcp://h:1', { server_key: 'short' }, /server_key: is a CURVE key/],
	['tcp://h:1', { server_key: key, public_key: key }, /public_key and secret_key go together/],
	['tcp://h:1', { public_key: key }, /needs the server's server_key/],
	['tcp://h:1', { push: 'tcp://a:1', pub: 'tcp://b:1' }, /push or pub, not both/],
	['tcp://h:1', { hwm: 'many' }, /hwm: /],
	['tcp://h:1', { topic: 'a' }, /topic/],
] as const) {
	test(`refused: ${rest} ${JSON.stringify(query)}`, () => {
		assert.throws(() => parsed(rest, query), says);
	});
}
