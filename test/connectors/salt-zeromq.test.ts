import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Pull, XPublisher } from 'zeromq';
import { cuttingMessages } from '../../connectors/salt/zeromq-message.ts';
import { saltOn } from '../../connectors/salt.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type Capture, captures } from '../support/salt-wire.ts';
import { tempFolder } from '../support/temp-folder.ts';

const old = captures().filter(({ framing }) => framing === 'zmq');

/** The messages of a capture, each without the length that the capture puts before it. */
function messagesOf({ bytes, ends }: Capture): Buffer[] {
	return ends.map((end, index) => bytes.subarray((ends[index - 1] ?? 0) + 4, end));
}

test('every recorded message of Salt 2014.7 and 2015.5 is cut into its tag and data', () => {
	assert.equal(old.length, 4);
	for (const capture of old) {
		const sink = aSink();
		const manner = {};
		const cutting = cuttingMessages(sink, manner);
		for (const message of messagesOf(capture)) cutting.cut(message, 0, 0, 0, message.length);
		assert.deepEqual(sink.broke, []);
		assert.deepEqual(
			sink.events.map(({ tagBytes, body }) => [tagBytes, body]),
			capture.events.map(({ tag, body }) => [Buffer.from(tag), Buffer.from(body)]),
			capture.name,
		);
		assert.deepEqual(manner, capture.name.startsWith('2014') ? { pads: true } : {});
	}
});

test('a recorded message torn at any offset is an event or a broken row, and never fails', () => {
	for (const message of old.flatMap(messagesOf)) {
		for (let end = 0; end < message.length; end += 1) {
			const sink = aSink();
			cuttingMessages(sink, {}).cut(message, 0, 0, 0, end);
			assert.equal(sink.events.length + sink.broke.length, 1);
		}
	}
});

test('a message of several parts is a broken row', () => {
	const sink = aSink();
	cuttingMessages(sink, {}).cut(Buffer.from('tag' + 'a\n\n\x80'), 0, 3, 3, 7);
	assert.deepEqual(sink.events, []);
	assert.equal(sink.broke.length, 1);
});

/** The two sockets of an old master: what is pulled is published again, as it came. */
async function anOldMaster(t: TestContext, folder: string) {
	const pub = new XPublisher({ verbosity: 'allSubs' });
	const pull = new Pull();
	await pub.bind(`ipc://${join(folder, 'master_event_pub.ipc')}`);
	await pull.bind(`ipc://${join(folder, 'master_event_pull.ipc')}`);
	const pulled: Buffer[] = [];
	const relay = async () => {
		for await (const [message] of pull) {
			if (message === undefined) continue;
			pulled.push(message);
			await pub.send(message);
		}
	};
	const done = relay();
	t.after(async () => {
		pull.close();
		pub.close();
		await done;
	});
	return { pub, pulled };
}

for (const transport of ['stream', 'zeromq']) {
	test(`an old bus, asked for as ${transport}, is read and written to`, async (t) => {
		const folder = tempFolder(t);
		const { pub, pulled } = await anOldMaster(t, folder);
		const clock = fakeClock();
		const salt = saltOn(clock);
		const settings = salt.parse({ folder, transport });
		const sink = aSink();
		const stop = new AbortController();
		const done = salt.open(settings, sink, stop.signal);
		await pub.receive();
		const capture = old.find(({ name }) => name === '2014.7.7-01-session');
		assert.ok(capture);
		for (const message of messagesOf(capture)) await pub.send(message);
		await sink.until('all events', () => sink.events.length === capture.events.length);
		assert.deepEqual(sink.broke, []);
		assert.equal(sink.lastLink(), 'live');

		const events: Outgoing[] = [
			{ tag: 'short/tag', data: { n: 1 } },
			{ tag: 'a/tag/that/is/longer/than/twenty', data: { n: 2 } },
		];
		const receipt = await salt.fire?.(settings, events, {}, stop.signal);
		assert.equal(receipt?.says, '2 events seen again on the master bus (ZeroMQ)');
		assert.deepEqual(
			pulled.map((message) => message.toString('latin1', 0, 21)),
			['short/tag|||||||||||\x82', 'a/tag/that/is/longer/'],
		);
		stop.abort();
		await done;
	});
}
