import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { saltOn } from '../../connectors/salt.ts';
import { framed } from '../../connectors/wire/frames.ts';
import { writeEnvelope } from '../../connectors/wire/salt-envelope.ts';
import { decodeMsgpack } from '../../src/codec/msgpack.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { Failure, type FailureCode } from '../../src/core/errors.ts';
import { aSaltBus, type SaltBus } from '../support/a-salt-bus.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { captures } from '../support/salt-wire.ts';
import { tempFolder } from '../support/temp-folder.ts';

const event: Outgoing = { tag: 'ops/deploy/done', data: { service: 'shop', big: 2n ** 63n } };

/** A connector on a clock that stands still, and one configured bus. */
function firing(raw: Readonly<Record<string, unknown>>) {
	const clock = fakeClock();
	const salt = saltOn(clock);
	const settings = salt.parse(raw);
	const stop = new AbortController();
	return {
		clock,
		stop,
		read: () => {
			const sink = aSink();
			const done = salt.open(settings, sink, stop.signal);
			return { sink, done };
		},
		fire(events: readonly Outgoing[] = [event], forward = false) {
			assert.ok(salt.fire);
			return salt.fire(settings, events, { forward }, stop.signal);
		},
	};
}

/** Lets the time of a wait pass, once it is waited. */
async function pass(clock: ReturnType<typeof fakeClock>, ms: number): Promise<void> {
	await clock.until(`a wait of ${ms} ms`, () => clock.pending().includes(ms));
	clock.advance(ms);
}

function failure(code: FailureCode, says: RegExp) {
	return (thrown: unknown) =>
		thrown instanceof Failure && thrown.code === code && says.test(thrown.message);
}

for (const { salt, writes, reads, zone, tries } of [
	{ salt: '2016.3 to 3006.25', writes: 'bare', reads: 'bare', zone: '', tries: 1 },
	{ salt: '3006.26 and later', writes: 'length', reads: 'length', zone: '', tries: 1 },
	{ salt: '3007.15 and later', writes: 'bare', reads: 'length', zone: '', tries: 2 },
	{ salt: '3008.0', writes: 'bare', reads: 'bare', zone: '+00:00', tries: 2 },
	{ salt: '3008.2 and later', writes: 'bare', reads: 'length', zone: '+00:00', tries: 1 },
] as const) {
	test(`Salt ${salt}: an event is confirmed after ${tries} tries, the next at once`, async (t) => {
		const folder = tempFolder(t);
		const bus = await aSaltBus(t, { folder, writes, reads });
		const { read, fire, clock, stop } = firing({ folder });
		const { sink, done } = read();
		await bus.until('a subscriber', () => bus.subscribers() === 1);
		bus.publish('seen/before', { _stamp: `2026-11-21T09:30:15.123456${zone}` });
		await sink.until('its event', () => sink.events.length === 1);

		const first = fire();
		if (tries === 2) await pass(clock, 500);
		const { confirmed, says } = await first;
		assert.ok(confirmed);
		assert.match(says, reads === 'bare' ? /master bus \(bare/ : /master bus \(length-prefixed/);
		assert.equal(bus.callers(), tries);
		await fire();
		assert.equal(bus.callers(), tries + 1);

		assert.equal(bus.fired.length, 2);
		assert.deepEqual(decodeMsgpack(bus.fired[0]?.body ?? Buffer.alloc(0)), {
			__proto__: null,
			...(event.data as object),
			_stamp: `2026-11-21T09:30:00.000000${zone}`,
		});
		stop.abort();
		await done;
	});
}

test('a bus of which nothing is known is written to in the form that no daemon logs as an error', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder, writes: 'length' });
	const { fire, clock } = firing({ folder });
	const fired = fire();
	await pass(clock, 500);
	assert.ok((await fired).confirmed);
	assert.equal(bus.callers(), 2);
});

test('what Salt writes with the same data is the same bytes', () => {
	for (const [name, form] of [
		['3006.25-pull-run-event-send-1', 'bare'],
		['3006.28-pull-run-event-send-1', 'length'],
	] as const) {
		const capture = captures().find((one) => one.name === name);
		const [only] = capture?.events ?? [];
		assert.ok(capture && only);
		assert.deepEqual(framed(writeEnvelope(only.tag, only.body), form), capture.bytes);
	}
});

test('a fire that nobody answers is not confirmed, after both forms and five seconds', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	bus.answer = () => {};
	const { fire, clock } = firing({ folder });
	const fired = assert.rejects(
		fire(),
		failure('not-confirmed', /nothing came back on the master bus within 5 s/),
	);
	await pass(clock, 500);
	await pass(clock, 4500);
	await fired;
	assert.equal(bus.callers(), 2);
});

test('an echo with another body under the same tag confirms nothing', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	bus.answer = (tag) => bus.publish(tag, { service: 'another' });
	const { fire, clock } = firing({ folder });
	const fired = assert.rejects(fire(), failure('not-confirmed', /nothing came back/));
	await pass(clock, 500);
	await pass(clock, 4500);
	await fired;
});

test('of several events each must come back, equal ones too', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const { fire } = firing({ folder });
	const { says } = await fire([event, event, event]);
	assert.match(says, /^3 events seen again/);
	assert.equal(bus.callers(), 1);
	assert.equal(new Set(bus.fired.map(({ body }) => body.toString('hex'))).size, 3);
});

test('where only some come back, it says how many, and does not write them again', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	const repeat = bus.answer;
	bus.answer = () => {};
	const { fire, clock } = firing({ folder });
	const fired = assert.rejects(
		fire([event, event, event]),
		failure('not-confirmed', /only 2 of 3/),
	);
	await bus.until('all three', () => bus.fired.length === 3);
	await clock.until('the wait', () => clock.pending().length === 1);
	for (const { tag, body } of bus.fired.slice(0, 2)) {
		clock.advance(100);
		repeat(tag, body);
		await clock.until('the echo', () => clock.pending()[0] === 500);
	}
	clock.advance(500);
	await fired;
	assert.equal(bus.callers(), 1);
});

test('stopping a fire that waits for its echo ends it, unconfirmed', async (t) => {
	const folder = tempFolder(t);
	const bus = await aSaltBus(t, { folder });
	bus.answer = () => {};
	const { fire, clock, stop } = firing({ folder });
	const fired = assert.rejects(
		fire(),
		failure('not-confirmed', /nothing came back on the master bus before it was stopped/),
	);
	await clock.until('the wait', () => clock.pending().length === 1);
	stop.abort();
	await fired;
	assert.deepEqual(clock.pending(), []);
});

test('a daemon that is not there gets nothing, and the failure says so', async (t) => {
	const folder = tempFolder(t);
	const { fire } = firing({ folder });
	await assert.rejects(fire(), failure('unreachable', /no salt-master was ever started there/));
});

for (const [what, events, code, says] of [
	['data that is no map', [{ tag: 't', data: [1] }], 'usage', /must be a map/],
	['no tag', [{ tag: '', data: {} }], 'usage', /needs a tag/],
	['a tag with a blank line', [{ tag: 'a\n\nb', data: {} }], 'usage', /blank line/],
	[
		'more than Salt takes',
		[{ tag: 't', data: { x: 'y'.repeat(1_048_576) } }],
		'too-large',
		/1048\d+ bytes.*1048576/,
	],
] as const) {
	test(`${what} is refused before anything is opened`, async (t) => {
		const { fire } = firing({ folder: tempFolder(t) });
		await assert.rejects(fire(events), failure(code, says));
	});
}

/** A minion and its master, the minion handing over what it is given as Salt's does. */
async function aMinion(t: TestContext) {
	const folder = tempFolder(t);
	const minion = await aSaltBus(t, { folder, name: 'minion_event_0b9d9f06cc', writes: 'length' });
	const master = await aSaltBus(t, { folder, writes: 'length' });
	const repeat = minion.answer;
	minion.answer = (tag, body) => {
		repeat(tag, body);
		handOver(master, decodeMsgpack(body) as Handed);
	};
	const bus = { bus: 'minion', folder, master: folder };
	return { minion, master, ...firing(bus) };
}

type Handed = { tag: string; data: object; events: { tag: string; data: object }[] | null };

function handOver(master: SaltBus, { tag, data, events }: Handed): void {
	if (events === null) {
		master.publish(tag, { id: 'db-02', tag, data });
		master.publish(tag, { id: 'web-01', cmd: '_minion_event', tag, data, _stamp: 'now' });
	}
	for (const event of events ?? []) master.publish(event.tag, { ...event.data, _stamp: 'now' });
}

test('forwarded alone, an event is confirmed where the master shows it under this minion’s id', async (t) => {
	const { minion, fire, clock } = await aMinion(t);
	const fired = fire([event], true);
	await pass(clock, 500);
	assert.deepEqual(await fired, {
		confirmed: true,
		says: 'handed to the minion, and seen on the master bus',
	});
	assert.deepEqual(
		minion.fired.map(({ tag }) => tag),
		['fire_master'],
	);
});

test('forwarded together, events are one message, and each is confirmed by the master', async (t) => {
	const { minion, fire, clock } = await aMinion(t);
	const events = [1, 2, 3, 4, 5].map((n) => ({ tag: `batch/${n}`, data: { n } }));
	const fired = fire(events, true);
	await pass(clock, 500);
	assert.ok((await fired).confirmed);
	assert.equal(minion.fired.length, 1);
	const { _stamp, ...message } = decodeMsgpack(minion.fired[0]?.body ?? Buffer.alloc(0)) as {
		_stamp: string;
	};
	assert.deepEqual(message, { tag: null, data: null, pretag: null, events: events.map(bare) });
});

/** As a decoder gives it: maps without a prototype. */
function bare({ tag, data }: Outgoing): object {
	return Object.assign(Object.create(null), {
		tag,
		data: Object.assign(Object.create(null), data),
	});
}

test('without a master in sight, the minion’s own bus is what is known', async (t) => {
	const { master, fire, clock } = await aMinion(t);
	await master.stop();
	const fired = fire([event], true);
	await pass(clock, 500);
	const { confirmed, says } = await fired;
	assert.equal(confirmed, false);
	assert.match(says, /^handed to the minion; the master's bus is not visible here: .*ENOENT/);
});

test('a master that shows nothing of it leaves the event unconfirmed', async (t) => {
	const { minion, master, fire, clock } = await aMinion(t);
	master.publish = () => {};
	const fired = assert.rejects(
		fire([event], true),
		failure('not-confirmed', /the minion has it, but 1 of 1 did not appear on the master's bus/),
	);
	await pass(clock, 500);
	await minion.until('the message', () => minion.fired.length === 1);
	await pass(clock, 5000);
	await fired;
});

test('tags that masters drop from batches are refused by name, alone they pass', async (t) => {
	const { fire, clock } = await aMinion(t);
	for (const tag of [
		'salt/key',
		'salt/run/1/new',
		'salt/cloud/a/created',
		'salt/cluster/x',
		'salt/job/1/new',
		'salt/job/1/publish',
		'salt/job/1/return',
		'salt/wheel/1/ret/new',
	]) {
		const events = [event, { tag, data: {} }];
		await assert.rejects(
			fire(events, true),
			(thrown) =>
				thrown instanceof Failure && thrown.code === 'denied' && thrown.message.includes(tag),
		);
	}
	const fired = fire([{ tag: 'salt/key', data: {} }], true);
	await pass(clock, 500);
	assert.ok((await fired).confirmed);
});

test('a master has nobody to forward to', async (t) => {
	const { fire } = firing({ folder: tempFolder(t) });
	await assert.rejects(fire([event], true), failure('usage', /only a minion forwards/));
});
