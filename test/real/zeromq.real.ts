import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { curveKeyPair, Pull, type SocketOptions, Subscriber, XPublisher } from 'zeromq';
import { subscribe } from '../../connectors/wire/zeromq-child.ts';
import { zeromq } from '../../connectors/zeromq.ts';
import { aSink, type RecordingSink } from '../support/a-sink.ts';
import { freePort } from '../support/free-port.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;

/** Opens a source that is closed with the test. */
function reading(t: TestContext, rest: string, query: Record<string, string> = {}): RecordingSink {
	const sink = aSink();
	const stop = new AbortController();
	const settings = zeromq.parse(zeromq.fromText(rest, new Map(Object.entries(query))));
	const closed = zeromq.open(settings, sink, stop.signal);
	t.after(() => {
		stop.abort();
		return closed;
	});
	return sink;
}

/** An XPUB is a PUB that also hears each subscription. */
async function publisher(
	t: TestContext,
	endpoint: string,
	options: SocketOptions<XPublisher> = {},
): Promise<XPublisher> {
	const socket = new XPublisher({ ...options, verbosity: 'allSubs' });
	t.after(() => socket.close());
	await socket.bind(endpoint);
	return socket;
}

/** Waits for one more subscription; the end of an old one, whose first byte is 0, is passed over. */
async function subscribed(bus: XPublisher): Promise<void> {
	let word: Buffer | undefined;
	while (word?.[0] !== 1) [word] = await bus.receive();
}

/** The processes this one has started. */
function children(): number[] {
	const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
	return pids.split(' ').filter(Boolean).map(Number);
}

async function live(sink: RecordingSink): Promise<void> {
	await sink.until('the source is live', () => sink.lastLink() === 'live');
}

test('a first part of several is the tag; what follows the second is lines of the body', async (t) => {
	const endpoint = `ipc://${tempFolder(t)}/bus`;
	const bus = await publisher(t, endpoint);
	const sink = reading(t, endpoint);
	await subscribed(bus);
	await bus.send(['tag', '{"a":1}']);
	await bus.send(['tag', 'head', '', 'tail']);
	await bus.send(Buffer.from([0, 255]));
	await sink.until(
		'three more',
		() => sink.events.at(-1)?.body.equals(Buffer.from([0, 255])) ?? false,
	);
	assert.deepEqual(
		sink.events.slice(-3).map(({ tag, body }) => [tag, body.toString('latin1')]),
		[
			['tag', '{"a":1}'],
			['tag', 'head\n\ntail'],
			['', '\0ÿ'],
		],
	);
});

test('each joining is a gap, and a publisher that returns is read without a restart', async (t) => {
	const endpoint = `tcp://127.0.0.1:${await freePort()}`;
	const bus = await publisher(t, endpoint);
	const sink = reading(t, endpoint);
	await live(sink);
	assert.deepEqual(
		sink.gaps.map(({ cause }) => cause),
		['joined: what was published before is not known'],
	);
	bus.close();
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.equal(link?.kind === 'waiting' && link.reason, `zeromq: nobody answers at ${endpoint}`);
	const again = await publisher(t, endpoint);
	await live(sink);
	assert.equal(sink.gaps.length, 2);
	assert.equal(sink.gaps[1]?.cause, 'the publisher went away');
	await subscribed(again);
	await again.send('back');
	await sink.until('an event', () => sink.events.length === 1);
});

test('a ZeroMQ process that dies is started again, and what it missed is a gap', async (t) => {
	const endpoint = `ipc://${tempFolder(t)}/bus`;
	const bus = await publisher(t, endpoint);
	const sink = reading(t, endpoint);
	await live(sink);
	await subscribed(bus);
	for (const pid of children()) process.kill(pid, 'SIGKILL');
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	await live(sink);
	assert.equal(sink.gaps[1]?.cause, 'the ZeroMQ process ended by itself (SIGKILL)');
	await subscribed(bus);
	await bus.send('again');
	await sink.until('an event', () => sink.events.length === 1);
});

test('publishers may come to us, and topics narrow what they send', async (t) => {
	const endpoint = `ipc://${tempFolder(t)}/bus`;
	const sink = reading(t, endpoint, { bind: 'true', topics: 'a.,b.' });
	const bus = new XPublisher();
	t.after(() => bus.close());
	bus.connect(endpoint);
	await subscribed(bus);
	await subscribed(bus);
	for (const tag of ['b.1', 'c.1', 'a.1']) await bus.send([tag, 'x']);
	await sink.until('two events', () => sink.events.length === 2);
	assert.deepEqual(sink.tags(), ['b.1', 'a.1']);
});

test('CURVE works with a pair of ours or none, and a wrong key is a reason', async (t) => {
	const folder = tempFolder(t);
	const server = curveKeyPair();
	const own = curveKeyPair();
	const secretFile = join(folder, 'secret');
	writeFileSync(secretFile, own.secretKey, { mode: 0o600 });
	const endpoint = `tcp://127.0.0.1:${await freePort()}`;
	const bus = await publisher(t, endpoint, { curveServer: true, curveSecretKey: server.secretKey });
	const keys = { public_key: own.publicKey, secret_key: secretFile };
	const wrong = reading(t, endpoint, { server_key: curveKeyPair().publicKey });
	const withPair = reading(t, endpoint, { server_key: server.publicKey, ...keys });
	const withoutPair = reading(t, endpoint, { server_key: server.publicKey });
	await subscribed(bus);
	await subscribed(bus);
	await bus.send('secret');
	await withPair.until('an event', () => withPair.events.length === 1);
	await withoutPair.until('an event', () => withoutPair.events.length === 1);
	await wrong.until('waiting', () => wrong.lastLink() === 'waiting');
	const link = wrong.links.at(-1);
	assert.match((link?.kind === 'waiting' && link.reason) || '', /refused the CURVE handshake/);
	assert.deepEqual(wrong.events, []);
});

test('what a lagging reader has no room for is dropped by us, and every one is counted', async (t) => {
	const endpoint = `ipc://${tempFolder(t)}/bus`;
	const count = 50_000;
	const program = join(import.meta.dirname, '../support/zeromq-flood.js');
	const flood = spawn(process.execPath, [program, endpoint, String(count), '1000']);
	const ended = once(flood, 'exit');
	const stop = new AbortController();
	let received = 0;
	let dropped = 0;
	let isLeft = false;
	const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
	const look = () => {
		if (isLeft && received + dropped === count) settle();
	};
	const listener = {
		message() {
			// As long as this takes, the pipe is not read.
			if (received++ % 1000 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
			look();
		},
		dropped(more: number) {
			dropped += more;
			look();
		},
		joined() {},
		left() {
			isLeft = true;
			look();
		},
		retrying: look,
	};
	const order = { endpoint, highWaterMark: 0, backlogBytes: 100_000 };
	const closed = subscribe(order, listener, stop.signal);
	await ended;
	await settled;
	assert.ok(dropped > 0);
	assert.equal(received + dropped, count);
	stop.abort();
	await closed;
});

test('an event is fired to whoever pulls, and to whoever has subscribed', async (t) => {
	const folder = tempFolder(t);
	const fire = async (query: Record<string, string>, data: unknown) => {
		const raw = zeromq.fromText(`ipc://${folder}/bus`, new Map(Object.entries(query)));
		return zeromq.fire?.(zeromq.parse(raw), [{ tag: 'a/tag', data }], {}, never);
	};
	const pull = new Pull();
	t.after(() => pull.close());
	await pull.bind(`ipc://${folder}/pull`);
	const pulled = pull.receive();
	assert.deepEqual(await fire({ push: `ipc://${folder}/pull` }, { n: 12345678901234567890n }), {
		confirmed: false,
		says: `a/tag sent to ipc://${folder}/pull; not confirmed by the transport`,
	});
	assert.deepEqual((await pulled).map(String), ['a/tag', '{"n":12345678901234567890}']);
	const reader = new Subscriber();
	t.after(() => reader.close());
	reader.subscribe('a/');
	await reader.bind(`ipc://${folder}/sub`);
	const read = reader.receive();
	await fire({ pub: `ipc://${folder}/sub` }, 1);
	assert.deepEqual((await read).map(String), ['a/tag', '1']);
});

test('an event that nobody takes is a failure', async (t) => {
	const folder = tempFolder(t);
	const settings = zeromq.parse(
		zeromq.fromText(`ipc://${folder}/bus`, new Map([['push', `ipc://${folder}/nobody`]])),
	);
	const fired = async () => zeromq.fire?.(settings, [{ tag: 'a', data: 1 }], {}, never);
	await assert.rejects(fired, { code: 'not-confirmed', message: /nobody pulls from/ });
	const mute = zeromq.parse({ endpoint: `ipc://${folder}/bus` });
	await assert.rejects(async () => zeromq.fire?.(mute, [{ tag: 'a', data: 1 }], {}, never), {
		code: 'usage',
		message: /cannot write to it/,
	});
});

test('a missing socket, a socket nobody serves and an impossible endpoint are told apart', async (t) => {
	const folder = tempFolder(t);
	const reason = async (rest: string) => {
		const sink = reading(t, rest);
		await sink.until('a reason', () => sink.lastLink() === 'waiting');
		const link = sink.links.at(-1);
		return link && 'reason' in link ? link.reason : '';
	};
	writeFileSync(join(folder, 'file'), '');
	assert.equal(
		await reason(`ipc://${folder}/absent`),
		`zeromq: ipc://${folder}/absent does not exist`,
	);
	assert.equal(
		await reason(`ipc://${folder}/file`),
		`zeromq: nobody listens behind ipc://${folder}/file`,
	);
	const nonsense = zeromq.parse({ endpoint: 'tcp://127.0.0.1:nonsense' });
	await assert.rejects(zeromq.open(nonsense, aSink(), never), {
		code: 'config',
		message: /are not valid/,
	});
});
