import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { type RequestOptions, request as requestOverTls } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { falcoOn } from '../../connectors/falco.ts';
import { largestBody } from '../../connectors/wire/http-guard.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testFile } from '../support/files.ts';
import { freePort } from '../support/free-port.ts';
import { tempFolder } from '../support/temp-folder.ts';

const json = { 'content-type': 'application/json' };

/** A listener on loopback, open until the test ends. */
async function listening(
	t: TestContext,
	more: { readonly token?: string; readonly tls?: object } = {},
) {
	const port = await freePort();
	const clock = fakeClock();
	const sink = aSink();
	const stop = new AbortController();
	const connector = falcoOn(clock);
	const listen = `${more.tls ? 'https' : 'http'}://127.0.0.1:${port}/falco-5f1c`;
	const ended = connector.open(connector.parse({ listen, ...more }), sink, stop.signal);
	const end = () => {
		stop.abort();
		return ended;
	};
	t.after(end);
	await sink.until('live', () => sink.lastLink() === 'live');
	const post = (body: string | Buffer, options: RequestOptions = {}) =>
		send({ port, path: '/falco-5f1c', method: 'POST', headers: json, ...options }, body);
	/** The causes and counts of the gaps so far, the last second's included. */
	const refused = () => {
		clock.advance(1000);
		return sink.gaps.map(({ cause, lost }) => `${lost} ${cause}`);
	};
	const bodies = () => sink.events.map(({ body }) => body.toString());
	return { port, clock, sink, post, refused, bodies, end };
}

async function send(options: RequestOptions, body: string | Buffer) {
	const ask = options.ca ? requestOverTls : request;
	const sent = ask({ host: '127.0.0.1', agent: false, ...options });
	sent.end(body);
	const [response]: IncomingMessage[] = await once(sent, 'response');
	const answered = await response?.toArray();
	return { status: response?.statusCode, text: Buffer.concat(answered ?? []).toString() };
}

test('a POST is an event, byte for byte, and is answered 202 without a word', async (t) => {
	const { post, sink, bodies } = await listening(t);
	const lines = testFile('recordings/falco.jsonl').toString().trimEnd().split('\n');
	for (const line of lines) assert.deepEqual(await post(line), { status: 202, text: '' });
	assert.deepEqual(bodies(), lines);
	assert.equal(sink.broke.length, 0);
});

test('PUT, a charset, chunks, gzip and 100-continue are fine', async (t) => {
	const { post, bodies } = await listening(t);
	const charset = { 'content-type': 'application/json; charset=utf-8' };
	const chunked = { ...json, 'transfer-encoding': 'chunked' };
	const zipped = { ...json, 'content-encoding': 'gzip' };
	assert.equal((await post('{"a":1}', { method: 'PUT' })).status, 202);
	assert.equal((await post('{"a":2}', { headers: charset })).status, 202);
	assert.equal((await post('{"a":3}', { headers: chunked })).status, 202);
	assert.equal((await post(gzipSync('{"a":4}'), { headers: zipped })).status, 202);
	assert.equal(
		(await post('{"a":5}', { headers: { ...json, expect: '100-continue' } })).status,
		202,
	);
	assert.deepEqual(bodies(), ['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}', '{"a":5}']);
});

test('an array is one event for each element, a CloudEvent one as it is', async (t) => {
	const { post, bodies } = await listening(t);
	const structured = '{"specversion":"1.0","data":{"rule":"x","text":"],[}\\""}}';
	const batch = { headers: { 'content-type': 'application/cloudevents-batch+json' } };
	assert.equal((await post(` [ ${structured} ,\n{"b":[1,[2]]}]\n`, batch)).status, 202);
	const binary = { headers: { ...json, 'ce-specversion': '1.0', 'ce-id': '%41' } };
	assert.equal((await post('{"rule":"y"}', binary)).status, 202);
	assert.equal((await post('[]')).status, 202);
	assert.deepEqual(bodies(), [structured, '{"b":[1,[2]]}', '{"rule":"y"}']);
});

for (const body of [
	'',
	'1',
	'{"a":1',
	'{"a":1}}',
	'[{}',
	'[{},]',
	'[,]',
	'["a',
	'null{}',
	'\u0000',
]) {
	test(`a body that is no JSON object or array is a broken row: ${JSON.stringify(body)}`, async (t) => {
		const { post, sink } = await listening(t);
		assert.equal((await post(body)).status, 202);
		assert.deepEqual(sink.events, []);
		assert.equal(sink.broke[0]?.bytes.toString(), body);
	});
}

test('elements that are no objects are broken rows beside the others', async (t) => {
	const { post, sink, bodies } = await listening(t);
	await post('[1, {"a":1}, "b"]');
	assert.deepEqual(bodies(), ['{"a":1}']);
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes.toString()),
		['1', '"b"'],
	);
});

test('what is refused is answered with its status, and counted as a gap with its reason', async (t) => {
	const { post, refused, sink } = await listening(t);
	const plain = { 'content-type': 'text/plain' };
	for (const [status, options, body] of [
		[404, { path: '/' }, '{}'],
		[404, { path: '/falco-5f1c/../x' }, '{}'],
		[403, { headers: { ...json, origin: 'null' } }, '{}'],
		[405, { method: 'DELETE' }, ''],
		[405, { method: 'GET' }, ''],
		[415, { headers: plain }, '07:06:40.1: Critical a shell'],
		[415, { headers: {} }, '{}'],
		[415, { headers: { ...json, 'content-encoding': 'br' } }, '{}'],
		[400, { headers: { ...json, 'content-encoding': 'gzip' } }, '{}'],
	] as const) {
		assert.deepEqual(await post(body, options), { status, text: '' }, JSON.stringify(options));
	}
	assert.deepEqual(refused(), [
		'2 refused: no such path',
		'1 refused: sent by a web page',
		'2 refused: neither POST nor PUT',
		'2 refused: no JSON object: set json_output: true in falco.yaml',
		'1 refused: packed with something other than gzip',
		'1 refused: gzip that cannot be unpacked',
	]);
	assert.deepEqual([sink.events, sink.broke], [[], []]);
});

test('a body over 1 MiB is refused: declared, in chunks, or unpacked', async (t) => {
	const { post, refused, sink } = await listening(t);
	const big = Buffer.alloc(largestBody + 1, ' ');
	const chunked = { ...json, 'transfer-encoding': 'chunked' };
	assert.equal(
		(await post('', { headers: { ...json, 'content-length': largestBody + 1 } })).status,
		413,
	);
	assert.equal((await post(big, { headers: chunked })).status, 413);
	assert.equal(
		(await post(gzipSync(big), { headers: { ...json, 'content-encoding': 'gzip' } })).status,
		413,
	);
	assert.deepEqual(refused(), ['3 refused: a body over 1 MiB']);
	assert.equal((await post(`{"a":"${' '.repeat(largestBody - 8)}"}`)).status, 202);
	assert.equal(sink.events.length, 1);
});

test('with a token, only its bearer comes in', async (t) => {
	const { post, refused, bodies } = await listening(t, { token: 'cmd:printf s3cret' });
	const bearing = (token: string) => ({ headers: { ...json, authorization: token } });
	assert.equal((await post('{"a":1}', bearing('Bearer s3cret'))).status, 202);
	for (const wrong of ['Bearer s3cre', 'Bearer s3cret2', 's3cret', '']) {
		assert.equal((await post('{"a":2}', bearing(wrong))).status, 401);
	}
	assert.deepEqual(bodies(), ['{"a":1}']);
	assert.deepEqual(refused(), ['4 refused: without the right token']);
});

test('healthz answers whoever asks, and is no event', async (t) => {
	const { port, sink, refused } = await listening(t, { token: 'cmd:printf s3cret' });
	assert.equal((await send({ port, path: '/healthz' }, '')).status, 200);
	assert.deepEqual([sink.events, refused()], [[], []]);
});

test('a sender that breaks off within its body is counted once', async (t) => {
	const { port, sink, clock, refused } = await listening(t);
	const socket = connect(port, '127.0.0.1');
	socket.write(
		'POST /falco-5f1c HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"a"',
	);
	socket.once('connect', () => socket.destroySoon());
	await clock.until('a count', () => clock.pending().length > 0);
	assert.deepEqual(refused(), ['1 refused: broken off before the end of the body']);
	assert.deepEqual(sink.events, []);
});

test('what is no HTTP is refused and counted', async (t) => {
	const { port, clock, refused } = await listening(t);
	const socket = connect(port, '127.0.0.1');
	socket.end('\u0016\u0003\u0001 not HTTP\r\n\r\n');
	await clock.until('a count', () => clock.pending().length > 0);
	const [answer] = await once(socket, 'data');
	assert.match(String(answer), /^HTTP\/1\.1 400 /);
	assert.deepEqual(refused(), ['1 refused: not HTTP']);
});

test('of more than 64 connections at once the others are closed and counted', async (t) => {
	const { port, clock, refused } = await listening(t);
	const sockets = Array.from({ length: 70 }, () =>
		connect(port, '127.0.0.1').on('error', () => {}),
	);
	await clock.until('a count', () => clock.pending().length > 0);
	await Promise.all(sockets.slice(64).map((socket) => once(socket.resume(), 'close')));
	for (const socket of sockets) socket.destroy();
	assert.deepEqual(refused(), ['6 refused: more than 64 connections']);
});

test('delivered and declared lost are all that was sent', async (t) => {
	const { post, sink, end } = await listening(t);
	const kinds = [{}, { path: '/x' }, { headers: { ...json, origin: 'a' } }, { headers: {} }];
	for (let index = 0; index < 40; index++) await post('{}', kinds[index % kinds.length]);
	await end();
	const lost = sink.gaps.reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
	assert.deepEqual([sink.events.length, lost], [10, 30]);
});

test('a port that is taken is waited for', async (t) => {
	const first = await listening(t);
	const clock = fakeClock();
	const sink = aSink();
	const stop = new AbortController();
	const connector = falcoOn(clock);
	const settings = connector.parse({ listen: `http://127.0.0.1:${first.port}/` });
	const ended = connector.open(settings, sink, stop.signal);
	t.after(() => {
		stop.abort();
		return ended;
	});
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const [link] = sink.links;
	assert.match(link?.kind === 'waiting' ? link.reason : '', /another program has that port$/);
	await first.end();
	clock.advance(2000);
	await sink.until('live', () => sink.lastLink() === 'live');
});

test('with mutual TLS only a certificate of the authority comes in', async (t) => {
	const folder = certificates(t);
	if (!folder) return t.skip('openssl is not installed');
	const file = (name: string) => join(folder, name);
	const tls = { cert: file('server.pem'), key: file('server.key'), ca: file('ca.pem') };
	const { post, bodies, refused, clock } = await listening(t, { tls });
	const pem = (name: string) => readFileSync(file(name));
	const ca = pem('ca.pem');
	const known = { ca, cert: pem('server.pem'), key: pem('server.key') };
	assert.equal((await post('{"a":1}', known)).status, 202);
	const stranger = { ca, cert: pem('stranger.pem'), key: pem('stranger.key') };
	await assert.rejects(post('{"a":2}', stranger));
	await assert.rejects(post('{"a":3}', { ca }));
	await clock.until('a count', () => clock.pending().length > 0);
	assert.deepEqual(bodies(), ['{"a":1}']);
	assert.deepEqual(refused(), ['2 refused: no right certificate']);
});

test('beyond loopback a sender must prove itself, and settings say what is missing', () => {
	const { parse, fromText } = falcoOn(fakeClock());
	const refuses = (raw: unknown, why: RegExp) => assert.throws(() => parse(raw), why);
	const tls = { cert: 'a', key: 'b' };
	refuses({ listen: 'http://0.0.0.0:2801/x' }, /reached from elsewhere: set token, or tls\.ca/);
	refuses({ listen: 'https://0.0.0.0:2801/x', tls }, /reached from elsewhere/);
	refuses({ listen: 'http://127.0.0.1:2801/x', tls }, /go together/);
	refuses({ listen: 'http://127.0.0.1/x' }, /names no port/);
	refuses({ listen: 'ftp://127.0.0.1:1/x' }, /listen: is no address/);
	refuses({ listen: 'http://127.0.0.1:2801/x', token: 'plain' }, /token: is a reference/);
	refuses({ listen: 'http://127.0.0.1:2801/x', file: 'a' }, /exactly one of/);
	assert.ok(parse({ listen: 'http://0.0.0.0:2801/x', token: 'env:TOKEN' }));
	assert.ok(parse({ listen: 'https://[::]:2801/x', tls: { ...tls, ca: 'c' } }));
	const text = fromText('http://[::1]:2801/x', new Map([['token', 'env:TOKEN']]));
	const expected = {
		way: 'http',
		host: '::1',
		port: 2801,
		path: '/x',
		token: 'env:TOKEN',
		tls: undefined,
	};
	assert.deepEqual(parse(text), expected);
});

/** A folder with an authority, a certificate of it and a stranger's; undefined without openssl. */
function certificates(t: TestContext): string | undefined {
	const folder = tempFolder(t);
	const openssl = (...argv: string[]) =>
		execFileSync('openssl', argv, { cwd: folder, stdio: 'ignore' });
	const make = (name: string, ...more: string[]) =>
		openssl(
			...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
			...['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...more],
		);
	try {
		make('ca');
		make('stranger');
		make('server', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-addext', 'subjectAltName=IP:127.0.0.1');
	} catch (thrown) {
		if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
		throw thrown;
	}
	return folder;
}
