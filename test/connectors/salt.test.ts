import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { saltOn } from '../../connectors/salt.ts';
import { aSaltBus } from '../support/a-salt-bus.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { captures } from '../support/salt-wire.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The connector reading a bus, on a clock that stands still. */
function reading(t: TestContext, raw: Readonly<Record<string, unknown>>) {
	const sink = aSink();
	const clock = fakeClock();
	const stop = new AbortController();
	const salt = saltOn(clock);
	const done = salt.open(salt.parse(raw), sink, stop.signal);
	t.after(() => stop.abort());
	return {
		sink,
		clock,
		async stop() {
			stop.abort();
			await done;
		},
	};
}

test('events of a bus arrive with their tags and bodies', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const { sink, stop } = reading(t, { folder });
	await bus.until('a subscriber', () => bus.subscribers() === 1);
	const capture = captures().find(({ name }) => name === '3008.3-04-event-send');
	assert.ok(capture);
	bus.send(capture.bytes);
	await sink.until('all events', () => sink.events.length === capture.events.length);
	assert.deepEqual(
		sink.events.map(({ tagBytes, body }) => [tagBytes, body]),
		capture.events.map(({ tag, body }) => [Buffer.from(tag), Buffer.from(body)]),
	);
	assert.deepEqual(
		sink.links.map(({ kind }) => kind),
		['connecting', 'live'],
	);
	await stop();
	assert.deepEqual(sink.broke, []);
});

test('a master that stops and starts again is one gap, then live', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder, writes: 'length' });
	const { sink, clock } = reading(t, { folder });
	await bus.until('a subscriber', () => bus.subscribers() === 1);
	bus.publish('before', {});
	await sink.until('the first event', () => sink.events.length === 1);
	clock.advance(60_000);
	const from = clock.now();
	await bus.stop();
	await sink.until('the wait', () => sink.lastLink() === 'waiting');
	await bus.start();
	clock.advance(2000);
	await sink.until('the link', () => sink.lastLink() === 'live');
	bus.publish('after', {});
	await sink.until('the second event', () => sink.events.length === 2);
	assert.deepEqual(sink.tags(), ['before', 'after']);
	assert.equal(sink.gaps.length, 1);
	assert.equal(sink.gaps[0]?.from, from);
	assert.match(sink.gaps[0]?.cause ?? '', /the salt-master closed the connection: it stopped/);
});

test('the socket file of a master that comes back ends the wait without the clock', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	await bus.stop();
	const { sink } = reading(t, { folder });
	await sink.until('the wait', () => sink.lastLink() === 'waiting');
	await bus.start();
	await sink.until('the link', () => sink.lastLink() === 'live');
	assert.deepEqual(sink.gaps, []);
});

test('a master that cuts us off and takes us again at once thought us too slow', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const { sink, clock } = reading(t, { folder });
	await bus.until('a subscriber', () => bus.subscribers() === 1);
	await sink.until('the link', () => sink.lastLink() === 'live');
	clock.advance(60_000);
	bus.cutOff();
	await clock.until('the new connection', () => clock.pending().length === 1);
	clock.advance(200);
	assert.match(sink.gaps[0]?.cause ?? '', /took a new one at once: we had fallen too far behind/);
});

test('a frame torn by the end of its connection is a row', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const { sink } = reading(t, { folder });
	await bus.until('a subscriber', () => bus.subscribers() === 1);
	const torn = Buffer.from('82a46865616480a4626f6479c4ff', 'hex');
	bus.send(torn);
	bus.publish('t', {});
	await bus.stop();
	await sink.until('the row', () => sink.broke.length === 1);
	assert.deepEqual(sink.broke[0]?.bytes.subarray(0, torn.length), torn);
});

test('bytes that are no frames are a row, a gap and a new connection', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const { sink, clock } = reading(t, { folder });
	await bus.until('a subscriber', () => bus.subscribers() === 1);
	await sink.until('the link', () => sink.lastLink() === 'live');
	clock.advance(60_000);
	bus.publish('before', {});
	bus.send(Buffer.from('GET / HTTP/1.1\r\n'));
	await clock.until('the new connection', () => clock.pending().length === 1);
	await bus.until('a new subscriber', () => bus.subscribers() === 1);
	bus.publish('after', {});
	await sink.until('the event after it', () => sink.events.length === 2);
	assert.deepEqual(sink.tags(), ['before', 'after']);
	assert.equal(sink.broke.length, 1);
	assert.match(sink.gaps[0]?.cause ?? '', /bytes that are no frames/);
});

test('a minion bus is found by its id, by either hash, or alone in its folder', async (t) => {
	for (const [name, raw] of [
		['minion_event_0b9d9f06cc', { bus: 'minion', id: 'web-01' }],
		['minion_event_9e795e3c83', { bus: 'minion', id: 'web-01' }],
		['minion_event_9e795e3c83', { bus: 'minion', id: 'web-01', hash: 'md5' }],
		['minion_event_9e795e3c83', { bus: 'minion' }],
	] as const) {
		const folder = tempFolder(t);
		const bus = await aSaltBus(t, { folder, name });
		const { sink, stop } = reading(t, { ...raw, folder });
		await bus.until('a subscriber', () => bus.subscribers() === 1);
		await sink.until('the link', () => sink.lastLink() === 'live');
		await stop();
	}
});

test('two minions in one folder need an id', async (t) => {
	const folder = tempFolder(t);
	await aSaltBus(t, { folder, name: 'minion_event_0b9d9f06cc' });
	await aSaltBus(t, { folder, name: 'minion_event_9e795e3c83' });
	const { sink } = reading(t, { folder, bus: 'minion' });
	await sink.until('the wait', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.ok(link?.kind === 'waiting');
	assert.match(link.reason, /holds the sockets of 2 minions: say which by id=/);
});

test('a missing and a dead socket are told apart', async (t) => {
	const folder = tempFolder(t);
	const { sink } = reading(t, { folder });
	await sink.until('the wait', () => sink.lastLink() === 'waiting');
	const link = sink.links.at(-1);
	assert.ok(link?.kind === 'waiting');
	assert.match(
		link.reason,
		/master_event_pub\.ipc \(ENOENT\): no salt-master was ever started there/,
	);
});

test('three restarts are three gaps, one connection each, and leave nothing open', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const open = () => readdirSync('/proc/self/fd').length;
	const before = open();
	const { sink, clock, stop } = reading(t, { folder });
	for (let round = 1; round <= 3; round += 1) {
		await sink.until('the link', () => sink.lastLink() === 'live');
		await bus.until('one subscriber', () => bus.subscribers() === 1);
		bus.publish('alive', { round });
		await sink.until('its event', () => sink.events.length === round);
		clock.advance(60_000);
		await bus.stop();
		await sink.until('the wait', () => sink.lastLink() === 'waiting');
		await bus.start();
	}
	await sink.until('the link', () => sink.lastLink() === 'live');
	assert.equal(sink.gaps.length, 3);
	await stop();
	await bus.until('nobody', () => bus.subscribers() === 0);
	assert.equal(open(), before);
	assert.deepEqual(clock.pending(), []);
});
