import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Resolve } from '../../src/actions/addresses.ts';
import { httpClient } from '../../src/actions/http-client.ts';
import { Doubt } from '../../src/core/action.ts';
import { Failure } from '../../src/core/errors.ts';
import type { HttpRequest } from '../../src/core/message-tools.ts';
import { Secret } from '../../src/core/secret.ts';
import { aBell } from '../support/a-bell.ts';
import { type Answering, aWebServer } from '../support/a-web-server.ts';
import { makeCertificates } from '../support/certificates.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { freePort } from '../support/free-port.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const canary = 'T000/B000/canary-4d2e';

function aPost(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
	return { method: 'POST', url, headers: {}, body: 'hello', ...more };
}

/** A name server that knows one address for every name. */
function alwaysAt(address: string): Resolve {
	return async () => [{ address, family: address.includes(':') ? 6 : 4 }];
}

function complaint(promise: Promise<unknown>): Promise<Error> {
	return promise.then(
		() => assert.fail('it was sent'),
		(error: Error) => error,
	);
}

async function answered(t: TestContext, answering: Answering, more?: Partial<HttpRequest>) {
	const server = await aWebServer(t, answering);
	const client = httpClient({ clock: fakeClock(), env: {} });
	return client.send(aPost(`${server.base}/${canary}`, more), never);
}

test('a body and a secret header arrive, and the answer comes back', async (t) => {
	const server = await aWebServer(t, () => ({ status: 201, body: 'ok' }));
	const client = httpClient({ clock: fakeClock(), env: {} });
	const headers = { 'content-type': 'text/plain', authorization: new Secret('Bearer sesame') };
	const answer = await client.send(aPost(`${server.base}/in?x=1`, { headers }), never);
	assert.deepEqual(answer, { status: 201, text: 'ok' });
	const [received] = server.received;
	assert.equal(received?.path, '/in?x=1');
	assert.equal(received?.body, 'hello');
	assert.equal(received?.headers.authorization, 'Bearer sesame');
	assert.equal(received?.headers['content-length'], '5');
});

test('a redirect is not followed, and what the URL holds beside the host is not quoted', async (t) => {
	const location = 'http://169.254.169.254/latest';
	const error = await complaint(answered(t, () => ({ status: 302, headers: { location } })));
	assert.match(error.message, /^127\.0\.0\.1:\d+ redirects \(302\)/);
	assert.ok(!error.message.includes('canary'));
});

test('an answer over 64 KiB is refused', async (t) => {
	const error = await complaint(answered(t, () => ({ body: 'x'.repeat(65_537) })));
	assert.ok(error instanceof Failure && error.code === 'too-large');
	const most = await answered(t, () => ({ body: 'x'.repeat(65_536) }));
	assert.equal(most.text.length, 65_536);
});

for (const address of [
	'169.254.169.254',
	'::ffff:169.254.169.254',
	'64:ff9b::a9fe:a9fe',
	'fe80::1',
	'fd00:ec2::254',
	'100.100.100.200',
	'0.0.0.0',
	'224.0.0.1',
]) {
	test(`nothing connects to ${address}, written out or behind a name`, async () => {
		const written = address.includes(':') ? `[${address}]` : address;
		const client = httpClient({ clock: fakeClock(), env: {}, resolve: alwaysAt(address) });
		for (const host of [written, 'hooks.example.org']) {
			const error = await complaint(client.send(aPost(`https://${host}/${canary}`), never));
			assert.match(error.message, /never connected to$/);
			assert.ok(!error.message.includes('canary'));
		}
	});
}

test('an address is the same address however its digits are written', async () => {
	const client = httpClient({ clock: fakeClock(), env: {} });
	for (const host of ['2852039166', '0xa9fea9fe', '0251.0376.0251.0376']) {
		const error = await complaint(client.send(aPost(`https://${host}/`), never));
		assert.match(error.message, /^169\.254\.169\.254 is 169/);
	}
});

test('without TLS only this machine is spoken to', async () => {
	const resolve = alwaysAt('10.1.2.3');
	const client = httpClient({ clock: fakeClock(), env: {}, resolve });
	for (const host of ['10.1.2.3', 'hooks.internal']) {
		const error = await complaint(client.send(aPost(`http://${host}/`), never));
		assert.match(error.message, /is 10\.1\.2\.3: only this machine is spoken to without TLS/);
	}
});

test('the address that was checked is the one connected to: a name is asked once', async (t) => {
	const server = await aWebServer(t, () => ({ body: 'here' }));
	const answers = ['127.0.0.1', '169.254.169.254'];
	const resolve: Resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
	const client = httpClient({ clock: fakeClock(), env: {}, resolve });
	const answer = await client.send(aPost(`http://rebinding.example:${server.port}/`), never);
	assert.equal(answer.text, 'here');
	assert.equal(server.received[0]?.headers.host, `rebinding.example:${server.port}`);
	assert.deepEqual(answers, ['169.254.169.254']);
});

test('TLS trusts the authority it is given, and no other', async (t) => {
	const made = makeCertificates(tempFolder(t));
	const read = (path: string) => readFileSync(path, 'utf8');
	const tls = { cert: read(made.server.cert), key: read(made.server.key) };
	const server = await aWebServer(t, () => ({ body: 'safe' }), tls);
	const client = httpClient({ clock: fakeClock(), env: {} });
	const answer = await client.send(aPost(server.base, { ca: read(made.ca) }), never);
	assert.equal(answer.text, 'safe');
	const error = await complaint(client.send(aPost(server.base), never));
	assert.ok(error instanceof Failure && error.code === 'unreachable');
	assert.match(error.message, /cannot be reached \(.*CERT|SIGNATURE/);
});

test('nobody there is a failure; an answer that does not come within 10 s is a doubt', async (t) => {
	const clock = fakeClock();
	const client = httpClient({ clock, env: {} });
	const closed = `http://127.0.0.1:${await freePort()}`;
	const refused = await complaint(client.send(aPost(closed), never));
	assert.ok(refused instanceof Failure);
	assert.match(refused.message, /cannot be reached \(ECONNREFUSED\)$/);

	const arrived = aBell();
	const server = await aWebServer(t, () => void arrived.ring());
	const sent = complaint(client.send(aPost(server.base), never));
	await arrived.until('the request', () => server.received.length > 0);
	clock.advance(9_999);
	assert.equal(clock.pending().length, 1);
	clock.advance(1);
	const silent = await sent;
	assert.ok(silent instanceof Doubt);
	assert.match(silent.message, /was sent it and gave no answer \(it took too long\)$/);
});

test('a stop ends the wait', async (t) => {
	const arrived = aBell();
	const server = await aWebServer(t, () => void arrived.ring());
	const stop = new AbortController();
	const clock = fakeClock();
	const sent = complaint(httpClient({ clock, env: {} }).send(aPost(server.base), stop.signal));
	await arrived.until('the request', () => server.received.length > 0);
	stop.abort();
	assert.ok((await sent) instanceof Doubt);
	assert.deepEqual(clock.pending(), []);
});

test('a proxy of the environment is used where Node’s own switch says so', async (t) => {
	const made = makeCertificates(tempFolder(t));
	const read = (path: string) => readFileSync(path, 'utf8');
	const tls = { cert: read(made.server.cert), key: read(made.server.key) };
	const server = await aWebServer(t, () => ({ body: 'through' }), tls);
	const asked: string[] = [];
	const proxy = createServer().on('connect', (request, socket) => {
		asked.push(request.url ?? '');
		const onward = connect(server.port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		for (const end of [socket, onward]) end.on('error', () => {});
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	t.after(() => proxy.close());
	const address = proxy.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const env = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: `http://127.0.0.1:${port}` };
	const client = httpClient({ clock: fakeClock(), env, resolve: async () => assert.fail('asked') });
	const request = aPost('https://localhost/', { ca: read(made.ca) });
	assert.equal((await client.send(request, never)).text, 'through');
	assert.deepEqual(asked, ['localhost:443']);
	const literal = await complaint(client.send(aPost('https://169.254.169.254/'), never));
	assert.match(literal.message, /never connected to$/);
	assert.equal(asked.length, 1);
});

test('a URL that is none, or holds a user, is refused without being quoted', async () => {
	const client = httpClient({ clock: fakeClock(), env: {} });
	for (const url of ['ftp://example.org/canary', 'canary', 'https://canary:canary@example.org/']) {
		const error = await complaint(client.send(aPost(url), never));
		assert.ok(error instanceof Failure && error.code === 'config');
		assert.ok(!error.message.includes('canary'));
	}
});
