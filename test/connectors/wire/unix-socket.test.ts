import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Address, drain, type Reader, sendTo } from '../../../connectors/wire/unix-socket.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const never = new AbortController().signal;

/** A listener at a path or on a free port, and the first connection that it is given. */
async function aListener(t: TestContext, path?: string) {
	const server = createServer();
	const taken = once(server, 'connection') as Promise<[Socket]>;
	t.after(() => server.close());
	if (path === undefined) server.listen(0, '127.0.0.1');
	else server.listen(path);
	await once(server, 'listening');
	const bound = server.address();
	const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
	const address: Address = path === undefined ? { host: '127.0.0.1', port } : { path };
	return { address, peer: async () => (await taken)[0] };
}

/** Collects what comes in a room of `size` bytes, and gives up behind `limit` bytes. */
function aReader(size: number, limit = Number.POSITIVE_INFINITY): Reader & { bytes(): Buffer } {
	const room = Buffer.alloc(size);
	const chunks: Buffer[] = [];
	const bytes = () => Buffer.concat(chunks);
	return {
		bytes,
		room: () => room,
		took(count) {
			chunks.push(Buffer.from(room.subarray(0, count)));
			return bytes().length < limit;
		},
	};
}

test('every byte arrives in order, however small the room, by path and by port', async (t) => {
	const sent = Buffer.from(Array.from({ length: 50_000 }, (_, at) => at % 251));
	for (const path of [join(tempFolder(t), 's'), undefined]) {
		const { address, peer } = await aListener(t, path);
		const reader = aReader(1000);
		let opened = 0;
		const count = () => {
			opened += 1;
		};
		const ended = drain(address, reader, count, never);
		(await peer()).end(sent);
		assert.equal((await ended).kind, 'closed');
		assert.equal(opened, 1);
		assert.deepEqual(reader.bytes(), sent);
	}
});

test('a reader that gives up ends the connection', async (t) => {
	const path = join(tempFolder(t), 's');
	const { peer } = await aListener(t, path);
	const ended = drain({ path }, aReader(10, 10), () => {}, never);
	const socket = await peer();
	const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
	socket.write('more than it wants');
	assert.deepEqual(await ended, { kind: 'given-up' });
	await closed;
});

test('stopping ends a connection that is silent, and one that has not begun', async (t) => {
	const path = join(tempFolder(t), 's');
	const { peer } = await aListener(t, path);
	const stop = new AbortController();
	const ended = drain({ path }, aReader(10), () => stop.abort(), stop.signal);
	assert.deepEqual(await ended, { kind: 'stopped' });
	(await peer()).destroy();
	assert.deepEqual(await drain({ path }, aReader(10), () => {}, stop.signal), { kind: 'stopped' });
});

test('what is sent arrives, and the connection stands until it is closed', async (t) => {
	const path = join(tempFolder(t), 's');
	const { peer } = await aListener(t, path);
	const close = await sendTo({ path }, Buffer.from('a frame'), never);
	const socket = await peer();
	const [chunk] = await once(socket, 'data');
	assert.equal(String(chunk), 'a frame');
	const closed = once(socket, 'close');
	close();
	await closed;
});

test('sending to nobody fails with the system’s error, and a stop ends a write that hangs', async (t) => {
	const path = join(tempFolder(t), 's');
	await assert.rejects(sendTo({ path }, Buffer.of(1), never), { code: 'ENOENT' });
	const { peer } = await aListener(t, path);
	const stop = new AbortController();
	const sending = sendTo({ path }, Buffer.alloc(8_000_000), stop.signal);
	const socket = await peer();
	stop.abort();
	await assert.rejects(sending, { name: 'AbortError' });
	socket.destroy();
});
