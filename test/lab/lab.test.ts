import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { falco } from '../../connectors/falco.ts';
import { salt } from '../../connectors/salt.ts';
import { framed } from '../../connectors/wire/frames.ts';
import { writeEnvelope } from '../../connectors/wire/salt-envelope.ts';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Connector } from '../../src/core/connector.ts';
import { openLab } from '../../src/lab/lab.ts';
import { aSink } from '../support/a-sink.ts';

async function aLab(t: TestContext) {
	const lab = await openLab(systemClock, undefined);
	const stop = new AbortController();
	const open: Promise<void>[] = [];
	const attach = <Settings>(connector: Connector<Settings>, name: string) => {
		const rest = lab.sources.find((source) => source.startsWith(`${name}=`))?.split(':')[1] ?? '';
		const sink = aSink();
		const settings = connector.parse(connector.fromText(rest, new Map()));
		open.push(connector.open(settings, sink, stop.signal));
		return { sink, rest };
	};
	const close = async () => {
		stop.abort();
		await Promise.all(open);
		await lab.close();
	};
	let closing: Promise<void> | undefined;
	const closeOnce = () => {
		closing ??= close();
		return closing;
	};
	t.after(closeOnce);
	return { lab, attach, close: closeOnce, stop };
}

test('the connectors read the lab’s buses as any others, and the story goes on until it is stopped', async (t) => {
	const { lab, attach, stop } = await aLab(t);
	const buses = [attach(salt, 'salt').sink, attach(falco, 'falco').sink];
	const telling = lab.tell({ speed: 50, patience: 3, onCaption: () => {} }, stop.signal);
	await Promise.all(buses.map((sink) => sink.until('events', () => sink.events.length > 20)));
	for (const sink of buses) assert.deepEqual([sink.broke, sink.gaps], [[], []]);
	stop.abort();
	await telling;
});

test('what is fired into the bus appears on it, in either form of frames', async (t) => {
	const { attach } = await aLab(t);
	const { sink, rest } = attach(salt, 'salt');
	await sink.until('live', () => sink.lastLink() === 'live');
	const frame = writeEnvelope(Buffer.from('my/tag'), encodeMsgpack({ a: 1 }));
	for (const form of ['bare', 'length'] as const) {
		connect(join(rest, 'master_event_pull.ipc')).end(framed(frame, form));
		const before = sink.events.length;
		await sink.until('the echo', () => sink.events.length > before);
	}
	assert.deepEqual(sink.tags(), ['my/tag', 'my/tag']);
	assert.deepEqual(sink.events[0]?.body, Buffer.from(encodeMsgpack({ a: 1 })));
});

test('a fire is confirmed by its own echo', async (t) => {
	const { attach } = await aLab(t);
	const { rest } = attach(salt, 'salt');
	const settings = salt.parse(salt.fromText(rest, new Map()));
	const never = new AbortController().signal;
	const receipt = await salt.fire?.(settings, [{ tag: 'my/tag', data: { a: 1 } }], {}, never);
	assert.equal(receipt?.confirmed, true);
});

test('closed, it leaves no folder behind, with subscribers and callers still there', async (t) => {
	const { attach, close } = await aLab(t);
	const { sink, rest } = attach(salt, 'salt');
	await sink.until('live', () => sink.lastLink() === 'live');
	const sockets = ['pub', 'pull'].map((name) => connect(join(rest, `master_event_${name}.ipc`)));
	await Promise.all(sockets.map((socket) => once(socket, 'connect')));
	await close();
	assert.equal(existsSync(rest), false);
});
