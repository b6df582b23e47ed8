import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	type NatsSettings,
	parseSettings,
	settingsOfText,
} from '../../../connectors/nats/settings.ts';
import { nats, tls } from '../../../connectors/nats.ts';

/** Settings as one would write them: without what is not set. */
function parsed(rest: string, query: Record<string, string> = {}): Partial<NatsSettings> {
	return shown(parseSettings(settingsOfText('nats', rest, new Map(Object.entries(query)))));
}

function shown({ bookmark, ...settings }: NatsSettings): Partial<NatsSettings> {
	assert.deepEqual(bookmark, {});
	return JSON.parse(JSON.stringify(settings));
}

test('-s names servers and subjects', () => {
	assert.deepEqual(parsed('//h:4222/falco.>,ops.>'), {
		servers: ['nats://h:4222'],
		subjects: ['falco.>', 'ops.>'],
	});
	assert.deepEqual(parsed('//a:1,b:2/x'), {
		servers: ['nats://a:1', 'nats://b:2'],
		subjects: ['x'],
	});
	assert.deepEqual(parsed('//h'), { servers: ['nats://h'], subjects: ['>'] });
	assert.deepEqual(parsed('', { context: 'prod' }), { context: 'prod', subjects: ['>'] });
});

test('a stream is read whole unless subjects narrow it', () => {
	const where = { servers: ['nats://h:4222'], stream: 'OPS' };
	assert.deepEqual(parsed('//h:4222', { stream: 'OPS', since: '15m' }), {
		...where,
		subjects: [],
		from: { backMs: 900_000 },
	});
	assert.deepEqual(parsed('//h:4222/>', { stream: 'OPS', last: '100' }), {
		...where,
		subjects: [],
		from: { last: 100 },
	});
	assert.deepEqual(
		parsed('//h:4222/a.*', { stream: 'OPS', since: '2026-11-21T10:00:00.123456789Z' }),
		{
			...where,
			subjects: ['a.*'],
			from: { at: '2026-11-21T10:00:00.123456789Z' },
		},
	);
	assert.deepEqual(parsed('//h:4222', { stream: 'OPS', since: '2026-11-21' }).from, {
		at: '2026-11-21T00:00:00.000Z',
	});
});

test('credentials on the command line are files, and config takes references only', () => {
	assert.equal(parsed('//h/a', { creds: '/x.creds' }).creds, 'file:/x.creds');
	assert.equal(parsed('//h/a', { nkey: 'env:SEED' }).nkey, 'env:SEED');
	assert.deepEqual(parsed('//h/a', { ca: '/ca.pem' }).tls, { ca: '/ca.pem' });
	const seed = 'SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY';
	assert.throws(
		() => parseSettings({ nkey: seed }),
		(error: Error) => {
			assert.match(error.message, /nkey: is a reference/);
			return !error.message.includes(seed);
		},
	);
});

test('a password in a URL is refused without being repeated', () => {
	const urls = ['//alice:hunter2@h:4222/a', '//hunter2@h:4222/a'];
	for (const url of urls) {
		assert.throws(
			() => parsed(url),
			(error: Error) => !error.message.includes('hunter2'),
		);
	}
	assert.throws(
		() => parseSettings({ servers: 'nats://alice:hunter2@h' }),
		(error: Error) => {
			assert.match(error.message, /without a password/);
			return !error.message.includes('hunter2');
		},
	);
});

for (const [raw, says] of [
	[{ servers: 'ws://h' }, /servers: each is nats:/],
	[{ servers: 'nats://h:99999' }, /servers: each is nats:/],
	[{ subject: 'a' }, /subject/],
	[{ since: '15m' }, /since and last need a stream/],
	[{ stream: 'S', since: '15m', last: 1 }, /since or last, not both/],
	[{ stream: 'S', since: 'yesterday' }, /neither a duration/],
	[{ stream: 'S', last: 0 }, /last: /],
	[{ stream: 'a.b' }, /stream: is no stream name/],
	[{ context: '../../etc/passwd' }, /context: is no name/],
	[{ user: 'alice' }, /user and password go together/],
	[{ token: 'env:A', nkey: 'env:B' }, /one of user, token, nkey and creds/],
	[{ tls: { cert: '/c' } }, /tls: cert and key go together/],
	[{ subjects: ['a.*', '*.b'] }, /a\.\* and \*\.b both match/],
	[{ subjects: ['a..b'] }, /an empty token/],
] as const) {
	test(`refused: ${JSON.stringify(raw)}`, () => {
		assert.throws(() => nats.parse(raw), says);
	});
}

test('tls always wants TLS, nats takes what the server offers', () => {
	assert.deepEqual(tls.parse({ servers: 'nats://h:4222' }).tls, {});
	assert.equal(nats.parse({ servers: 'nats://h:4222' }).tls, undefined);
	const raw = tls.fromText('//h:4222/a', new Map());
	assert.deepEqual(raw['servers'], ['tls://h:4222']);
});
