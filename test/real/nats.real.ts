import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nkeys } from 'nats';
import type { NatsSettings } from '../../connectors/nats/settings.ts';
import { nats, tls } from '../../connectors/nats.ts';
import { isoTime } from '../../src/core/instant.ts';
import { aSink, type RecordingSink } from '../support/a-sink.ts';
import { makeCertificates } from '../support/certificates.ts';
import { aRealm } from '../support/nats-creds.ts';
import { type NatsLab, natsLab, withJetStream } from '../support/nats-lab.ts';

const never = new AbortController().signal;

/** Opens a source that is closed with the test. */
function reading(
	t: TestContext,
	settings: NatsSettings,
): RecordingSink & { stop(): Promise<void> } {
	const sink = aSink();
	const stop = new AbortController();
	const closed = nats.open(settings, sink, stop.signal);
	const end = () => {
		stop.abort();
		return closed;
	};
	t.after(end);
	return Object.assign(sink, { stop: end });
}

async function live(sink: RecordingSink): Promise<void> {
	await sink.until('the source is live', () => sink.lastLink() === 'live');
}

async function client(t: TestContext, lab: NatsLab): Promise<NatsConnection> {
	const connection = await connect({
		servers: lab.url,
		reconnectTimeWait: 50,
		maxReconnectAttempts: -1,
	});
	t.after(() => connection.close());
	return connection;
}

/** How many descriptors this process has open. */
function openFiles(): number {
	return readdirSync('/proc/self/fd').length;
}

/** A server whose stream OPS keeps what is published to `ops.>`. */
async function opsLab(t: TestContext) {
	const lab = await natsLab(t, withJetStream);
	if (!lab) return undefined;
	const publisher = await client(t, lab);
	const manager = await jetstreamManager(publisher);
	await manager.streams.add({ name: 'OPS', subjects: ['ops.>'] });
	return { lab, publisher, manager };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	while (!(await holds()));
}

function bodies(sink: RecordingSink): string[] {
	return sink.events.map(({ body }) => body.toString());
}

test('core subjects come with their subject as tag, headers left out, and nothing else comes', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	const raw = nats.fromText(`//127.0.0.1:${lab.port}/falco.>,ops.*`, new Map());
	const sink = reading(t, nats.parse(raw));
	await live(sink);
	const publisher = await client(t, lab);
	publisher.publish('falco.notice.shell', '{"rule":"shell"}');
	publisher.publish('other', 'not ours');
	publisher.publish('ops.deploy', Buffer.from([0, 255]));
	publisher.publish('ops.last', '');
	await sink.until('three events', () => sink.events.length >= 3);
	assert.deepEqual(sink.tags(), ['falco.notice.shell', 'ops.deploy', 'ops.last']);
	assert.deepEqual(sink.events[1]?.body, Buffer.from([0, 255]));
	assert.deepEqual(sink.gaps, []);
});

test('a killed server is a gap from its end to its return, each time, and nothing is left of it', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	const sink = reading(t, nats.parse({ servers: lab.url, subjects: ['a.>'] }));
	await live(sink);
	const open = openFiles();
	for (let round = 1; round <= 3; round++) {
		const before = Date.now();
		await lab.kill();
		await sink.until('waiting', () => sink.lastLink() === 'waiting');
		await lab.start();
		await sink.until('a gap', () => sink.gaps.length === round);
		const gap = sink.gaps[round - 1];
		assert.equal(gap?.cause, 'the connection was lost');
		assert.ok(gap.from >= before - 1 && gap.to > gap.from);
		assert.equal(sink.lastLink(), 'live');
	}
	assert.equal(openFiles(), open);
	const publisher = await client(t, lab);
	publisher.publish('a.b', 'again');
	await sink.until('an event', () => sink.events.length === 1);
});

test('a source closed while its server is away says since when events are missing', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	const sink = reading(t, nats.parse({ servers: lab.url }));
	await live(sink);
	await lab.kill();
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	await sink.stop();
	assert.deepEqual(
		sink.gaps.map(({ cause }) => cause),
		['the connection was lost'],
	);
});

test('a server that is not there yet is waited for, and the reason is a sentence', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	await lab.kill();
	const sink = reading(t, nats.parse({ servers: lab.url }));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.ok(link?.kind === 'waiting');
	assert.equal(
		link.reason,
		`nats: cannot connect to 127.0.0.1:${lab.port}: nothing listens there: is nats-server running?`,
	);
	await lab.start();
	await live(sink);
	assert.deepEqual(sink.gaps, []);
});

test('a reader too slow for the server learns that it was cut, and since when it may have missed events', async (t) => {
	const lab = await natsLab(t, 'max_payload: 32768\nmax_pending: 65536\nwrite_deadline: "100ms"');
	if (!lab) return;
	const sink = reading(t, nats.parse({ servers: lab.url, subjects: ['flood'] }));
	await live(sink);
	const flood = join(import.meta.dirname, '../support/nats-flood.js');
	// Nothing is read while this waits: to the server we are a reader that sleeps.
	spawnSync(process.execPath, [flood, lab.url, 'flood', '60000', '1000']);
	await sink.until('a gap', () => sink.gaps.length > 0);
	assert.match(sink.gaps[0]?.cause ?? '', /as it does with slow readers/);
	await live(sink);
});

test('a stream is replayed by count and by time, each event with the time it was stored', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, manager } = ops;
	for (let index = 1; index <= 6; index++) {
		await manager.jetstream().publish(index % 2 ? 'ops.odd' : 'ops.even', `${index}`);
	}
	const third = await manager.streams.getMessage('OPS', { seq: 3 });
	const where = `//127.0.0.1:${lab.port}/`;
	const replay = (subjects: string, query: Record<string, string>) => {
		const pairs = new Map(Object.entries({ stream: 'OPS', ...query }));
		return reading(t, nats.parse(nats.fromText(`${where}${subjects}`, pairs)));
	};
	const last = replay('', { last: '2' });
	const lastOdd = replay('ops.odd', { last: '2' });
	const all = replay('', { since: '1h' });
	const fromThird = replay('', { since: third?.timestamp ?? '' });
	const fresh = replay('', {});
	for (const sink of [last, lastOdd, all, fromThird, fresh]) await live(sink);
	await manager.jetstream().publish('ops.odd', 'new');
	for (const sink of [last, lastOdd, all, fromThird, fresh]) {
		await sink.until('the new event', () => bodies(sink).includes('new'));
	}
	assert.deepEqual(bodies(last), ['5', '6', 'new']);
	assert.deepEqual(bodies(lastOdd), ['3', '5', 'new']);
	assert.deepEqual(bodies(all), ['1', '2', '3', '4', '5', '6', 'new']);
	assert.deepEqual(bodies(fromThird), ['3', '4', '5', '6', 'new']);
	assert.deepEqual(bodies(fresh), ['new']);
	assert.equal(isoTime(all.events[2]?.at ?? 0n).replace(/0+Z$/, 'Z'), third?.timestamp);
	for (const sink of [last, lastOdd, all, fromThird, fresh]) assert.deepEqual(sink.gaps, []);
});

test('a long replay says that it is catching up and how far behind it is, then that it is live', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, publisher, manager } = ops;
	for (let index = 0; index < 5000; index++) publisher.publish('ops.a', `${index}`);
	await publisher.flush();
	await until(async () => (await manager.streams.info('OPS')).state.messages === 5000);
	const sink = reading(t, nats.parse({ servers: lab.url, stream: 'OPS', last: 4000 }));
	await live(sink);
	const words = sink.links.map((link) => (link.kind === 'catching-up' ? link.behind : link.kind));
	assert.deepEqual(words, ['connecting', 4000, 3000, 2000, 1000, 'live']);
});

test('subjects that the stream never gets are told, with those that it takes', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const sink = reading(t, nats.parse({ servers: ops.lab.url, stream: 'OPS', subjects: 'foo.>' }));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.equal(
		link?.kind === 'waiting' && link.reason,
		'nats: OPS holds nothing under foo.>: it takes ops.>',
	);
	await ops.manager.streams.update('OPS', { subjects: ['ops.>', 'foo.x'] });
	await live(sink);
});

test('events that left the stream while we were away are counted, and the rest is read', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, manager } = ops;
	const settings = nats.parse({ servers: lab.url, stream: 'OPS' });
	const sink = reading(t, settings);
	await live(sink);
	for (let index = 1; index <= 11; index++) await manager.jetstream().publish('ops.a', `${index}`);
	await sink.until('eleven events', () => sink.events.length === 11);
	await sink.stop();
	for (let index = 12; index <= 20; index++) await manager.jetstream().publish('ops.a', `${index}`);
	await manager.streams.purge('OPS', { seq: 20 });
	const again = reading(t, settings);
	await again.until('the twentieth', () => again.events.length === 1);
	assert.deepEqual(bodies(again), ['20']);
	assert.deepEqual(
		again.gaps.map(({ lost, cause }) => ({ lost, cause })),
		[{ lost: 8, cause: 'left the stream before it was read (sequence 12–19)' }],
	);
});

test('a stream that survives the kill of its server loses nothing, and so shows no gap', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, manager } = ops;
	const sink = reading(t, nats.parse({ servers: lab.url, stream: 'OPS' }));
	await live(sink);
	await manager.jetstream().publish('ops.a', 'one');
	await sink.until('one', () => sink.events.length === 1);
	await lab.kill();
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	await lab.start();
	await live(sink);
	await (await client(t, lab)).request('ops.a', 'two');
	await sink.until('two', () => sink.events.length === 2);
	assert.deepEqual(bodies(sink), ['one', 'two']);
	assert.deepEqual(sink.gaps, []);
});

test('a stream deleted and made anew says so, and is read from its start', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, manager } = ops;
	const sink = reading(t, nats.parse({ servers: lab.url, stream: 'OPS' }));
	await live(sink);
	for (const body of ['1', '2', '3']) await manager.jetstream().publish('ops.a', body);
	await sink.until('three events', () => sink.events.length === 3);
	await manager.streams.delete('OPS');
	await sink.until('the stream is missed', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.equal(link?.kind === 'waiting' && link.reason, 'nats: there is no stream OPS (yet)');
	await manager.streams.add({ name: 'OPS', subjects: ['ops.>'] });
	await manager.jetstream().publish('ops.a', 'first of the new');
	await sink.until('its event', () => sink.events.length === 4);
	assert.deepEqual(
		sink.gaps.map(({ cause }) => cause),
		['history replaced: the stream was deleted and made anew'],
	);
});

/** A server that wants a client certificate and a user's NKey, and its settings, as config would have them. */
async function fortress(t: TestContext) {
	const user = nkeys.createUser();
	const seed = Buffer.from(user.getSeed()).toString();
	const lab = await natsLab(t, (folder) => {
		const { ca, server } = makeCertificates(folder);
		return `tls { cert_file: "${server.cert}", key_file: "${server.key}", ca_file: "${ca}", verify: true }
			authorization { users: [{ nkey: ${user.getPublicKey()}, permissions: { publish: ["ops.>", "falco.>"], subscribe: ["ops.>", "_INBOX.>"] } }] }`;
	});
	if (!lab) return undefined;
	const seedFile = join(lab.folder, 'user.nk');
	writeFileSync(seedFile, `${seed}\n`, { mode: 0o600 });
	const path = (name: string) => join(lab.folder, name);
	const raw = {
		servers: lab.url,
		subjects: ['ops.>'],
		nkey: `file:${seedFile}`,
		tls: { ca: path('authority.pem'), cert: path('client.pem'), key: path('client.key') },
	};
	return { lab, raw, user, seedFile };
}

test('an NKey and mutual TLS need settings and nothing else', async (t) => {
	const place = await fortress(t);
	if (!place) return;
	const sink = reading(t, nats.parse(place.raw));
	await live(sink);
	const receipt = await nats.fire?.(
		nats.parse(place.raw),
		[{ tag: 'ops.a', data: { n: 12345678901234567890n } }],
		{},
		never,
	);
	assert.deepEqual(receipt, {
		confirmed: false,
		says: 'sent to ops.a; not confirmed by the transport',
	});
	await sink.until('the event', () => sink.events.length === 1);
	assert.deepEqual(bodies(sink), ['{"n":12345678901234567890}']);
});

async function refusal(t: TestContext, raw: unknown): Promise<string> {
	const sink = reading(t, nats.parse(raw));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	return link?.kind === 'waiting' ? link.reason : '';
}

test('what keeps us out is one sentence that shows no secret', async (t) => {
	const place = await fortress(t);
	if (!place) return;
	const { lab, raw, user, seedFile } = place;
	const where = `127.0.0.1:${lab.port}`;
	const stranger = nkeys.createUser();
	const strangerFile = join(lab.folder, 'stranger.nk');
	writeFileSync(strangerFile, stranger.getSeed(), { mode: 0o600 });
	const brokenFile = join(lab.folder, 'broken.nk');
	writeFileSync(brokenFile, 'SUNOTASEED', { mode: 0o600 });
	const openFile = join(lab.folder, 'open.nk');
	writeFileSync(openFile, user.getSeed(), { mode: 0o644 });
	assert.equal(
		await refusal(t, { ...raw, nkey: `file:${strangerFile}` }),
		`nats: ${where} does not let the NKey ${stranger.getPublicKey()} in: check the credentials and the server's users`,
	);
	assert.match(await refusal(t, { ...raw, nkey: `file:${brokenFile}` }), /the NKey seed is none/);
	assert.match(await refusal(t, { ...raw, nkey: `file:${openFile}` }), /chmod 600/);
	assert.match(
		await refusal(t, { ...raw, tls: { ca: raw.tls.ca } }),
		/may want a client certificate/,
	);
	assert.match(await refusal(t, { ...raw, tls: undefined }), /unknown authority: set tls/);
	assert.match(await refusal(t, { ...raw, nkey: `file:${seedFile}x` }), /cannot be read/);
	assert.equal(
		await refusal(t, { ...raw, subjects: ['secret.>'] }),
		`nats: the NKey ${user.getPublicKey()} may not subscribe to secret.>: ask for that permission or name other subjects`,
	);
});

test('one denied subject among others is a gap row, and the others are read', async (t) => {
	const place = await fortress(t);
	if (!place) return;
	const sink = reading(t, nats.parse({ ...place.raw, subjects: ['ops.>', 'secret.>'] }));
	await sink.until('a gap', () => sink.gaps.length === 1);
	assert.match(sink.gaps[0]?.cause ?? '', /may not subscribe to secret\.>/);
	await nats.fire?.(nats.parse(place.raw), [{ tag: 'ops.a', data: 1 }], {}, never);
	await sink.until('the event', () => sink.events.length === 1);
});

test('a fire that the server denies fails, and says which subject', async (t) => {
	const place = await fortress(t);
	if (!place) return;
	const settings = nats.parse(place.raw);
	await assert.rejects(
		async () => nats.fire?.(settings, [{ tag: 'secret.a', data: 1 }], {}, never),
		{ code: 'denied', message: /may not publish to secret\.a/ },
	);
});

test('user, password and token come from references, and wrong ones are told apart from absent servers', async (t) => {
	const lab = await natsLab(t, 'authorization { user: alice, password: "pa ss" }');
	if (!lab) return;
	const passwordFile = join(lab.folder, 'password');
	writeFileSync(passwordFile, 'pa ss\n', { mode: 0o600 });
	const alice = { servers: lab.url, user: 'alice', password: `file:${passwordFile}` };
	await live(reading(t, nats.parse(alice)));
	const wrong = await refusal(t, { ...alice, password: 'cmd:echo wrong' });
	assert.match(wrong, /does not let user alice in/);
	assert.match(
		await refusal(t, { servers: lab.url }),
		/does not let a client without credentials in/,
	);
});

test('a credentials file is enough where users are JWTs, and a stranger is told apart', async (t) => {
	const realm = aRealm();
	const lab = await natsLab(t, realm.config);
	if (!lab) return;
	const file = (name: string, text: string) => {
		const path = join(lab.folder, name);
		writeFileSync(path, text, { mode: 0o600 });
		return path;
	};
	const where = `//127.0.0.1:${lab.port}/a`;
	const ours = new Map([['creds', file('user.creds', realm.credentials)]]);
	const sink = reading(t, nats.parse(nats.fromText(where, ours)));
	await live(sink);
	await nats.fire?.(nats.parse(nats.fromText(where, ours)), [{ tag: 'a', data: 1 }], {}, never);
	await sink.until('an event', () => sink.events.length === 1);
	const strangers = new Map([['creds', file('other.creds', aRealm().credentials)]]);
	assert.match(
		await refusal(t, nats.fromText(where, strangers)),
		/does not let the user of the credentials file in/,
	);
});

test('a context of the NATS CLI is enough to connect, by name', async (t) => {
	const lab = await natsLab(t, 'authorization { token: s3cret }');
	if (!lab) return;
	const folder = join(lab.folder, 'nats/context');
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'prod.json'),
		JSON.stringify({ url: lab.url, token: 's3cret', password: '' }),
	);
	process.env['XDG_CONFIG_HOME'] = lab.folder;
	t.after(() => delete process.env['XDG_CONFIG_HOME']);
	await live(reading(t, nats.parse(nats.fromText('', new Map([['context', 'prod']])))));
	assert.match(await refusal(t, { context: 'other' }), /there is no context other/);
});

test('tls:// does not talk to a server without TLS', async (t) => {
	const lab = await natsLab(t);
	if (!lab) return;
	const sink = aSink();
	const stop = new AbortController();
	const raw = tls.fromText(`//127.0.0.1:${lab.port}/a`, new Map());
	const closed = tls.open(tls.parse(raw), sink, stop.signal);
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	stop.abort();
	await closed;
	assert.ok(sink.links.every(({ kind }) => kind !== 'live'));
});

test('a fire into a stream is confirmed by its sequence; where no stream listens it fails', async (t) => {
	const ops = await opsLab(t);
	if (!ops) return;
	const { lab, manager } = ops;
	const fire = async (...tags: string[]) => fireInto('OPS', tags);
	const fireInto = async (stream: string, tags: readonly string[]) =>
		nats.fire?.(
			nats.parse({ servers: lab.url, stream }),
			tags.map((tag) => ({ tag, data: { tag } })),
			{},
			never,
		);
	assert.deepEqual(await fire('ops.a', 'ops.b'), {
		confirmed: true,
		says: 'stored in OPS as 1, 2',
	});
	await assert.rejects(fire('ops.c', 'elsewhere'), {
		code: 'unreachable',
		message: 'nats: OPS does not take elsewhere: it takes ops.>; 1 before it were stored',
	});
	await assert.rejects(fireInto('NOPE', ['ops.a']), {
		message: 'nats: there is no stream NOPE (yet)',
	});
	await assert.rejects(fire('ops.*'), { code: 'usage', message: /has a wildcard/ });
	const stored = await manager.streams.getMessage('OPS', { seq: 2 });
	assert.ok(stored?.header.get('Nats-Msg-Id'));
});
