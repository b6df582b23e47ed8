import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MsgImpl, Parser } from 'nats';
import { subjectBytes } from '../../../connectors/nats/core-reader.ts';
import { nats } from '../../../connectors/nats.ts';
import { aNatsServer } from '../../support/a-nats-server.ts';
import { aSink } from '../../support/a-sink.ts';

test('an event too large to keep is a row that says so, and the next one comes', async (t) => {
	const server = await aNatsServer(t);
	const sink = aSink();
	const stop = new AbortController();
	const settings = nats.parse({ servers: `nats://127.0.0.1:${server.port}`, subjects: 'a' });
	const closed = nats.open(settings, sink, stop.signal);
	await server.until('a subscriber', () => server.subjects.length > 0);
	server.publish('a', Buffer.alloc(262_145));
	server.publish('a', Buffer.alloc(262_144));
	await sink.until('an event', () => sink.events.length > 0);
	assert.deepEqual(
		sink.broke.map(({ reason }) => reason),
		['larger than 256 KiB'],
	);
	stop.abort();
	await closed;
});

/** The messages the client's own parser makes of bytes of the wire. */
function messages(wire: string): MsgImpl[] {
	const heard: MsgImpl[] = [];
	const publisher = { publish: () => {} };
	const parser = new Parser({
		push: (event) => {
			if (typeof event === 'function' || !event.msg || !event.data) return;
			heard.push(new MsgImpl(event.msg, event.data, publisher));
		},
	});
	parser.parse(Buffer.from(wire));
	return heard;
}

test('the subject is the bytes of the wire, and no text was made of them', () => {
	const [plain, headed] = messages(
		'MSG falco.ü 1 2\r\n{}\r\nHMSG ops.a 1 reply 16 18\r\nNATS/1.0\r\nA: b\r\n\r\n{}\r\n',
	);
	for (const [message, subject] of [
		[plain, 'falco.ü'],
		[headed, 'ops.a'],
	] as const) {
		assert.ok(message);
		assert.equal(Buffer.from(subjectBytes(message)).toString(), subject);
		assert.equal(message._subject, undefined);
	}
});
