import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type FrameForm, Frames, framed } from '../../connectors/wire/frames.ts';
import { writeEnvelope } from '../../connectors/wire/salt-envelope.ts';
import { encodeMsgpack } from '../../src/codec/msgpack.ts';
import { aBell } from './a-bell.ts';

export type BusShape = {
	readonly folder: string;
	/** `master_event`, `minion_event_0b9d9f06cc`. */
	readonly name?: string;
	/** How its publisher writes frames, and in which form alone its pull socket takes them. */
	readonly writes?: FrameForm;
	readonly reads?: FrameForm;
};

/** Two real unix sockets that speak as a Salt daemon of some version does. */
export type SaltBus = {
	start(): Promise<void>;
	/** Ends every connection and the listening, and leaves no socket files. */
	stop(): Promise<void>;
	publish(tag: string, data: unknown): void;
	/** To every subscriber, as they are. */
	send(bytes: Uint8Array): void;
	/** Ends the subscribers' connections and goes on listening. */
	cutOff(): void;
	readonly subscribers: () => number;
	/** Frames that came into the pull socket and were understood. */
	readonly fired: { readonly tag: string; readonly body: Buffer }[];
	/** Connections to the pull socket, those that wrote in the wrong form too. */
	readonly callers: () => number;
	/** What to do with what was fired; at first it appears on the bus again. */
	answer: (tag: string, body: Buffer) => void;
	until(what: string, holds: () => boolean): Promise<void>;
};

export async function aSaltBus(t: TestContext, shape: BusShape): Promise<SaltBus> {
	const { folder, name = 'master_event', writes = 'bare', reads = writes } = shape;
	const bell = aBell();
	const subscribers = new Set<Socket>();
	const callers = new Set<Socket>();
	let callerCount = 0;
	const sockets = { pub: join(folder, `${name}_pub.ipc`), pull: join(folder, `${name}_pull.ipc`) };
	let servers: Server[] = [];

	const keep = (set: Set<Socket>, socket: Socket) => {
		set.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			set.delete(socket);
			bell.ring();
		});
		bell.ring();
	};
	const listen = (path: string, each: (socket: Socket) => void) =>
		new Promise<void>((resolve) => {
			const server = createServer(each);
			servers.push(server);
			server.listen(path, resolve);
		});
	const take = (socket: Socket) => {
		keep(callers, socket);
		callerCount += 1;
		const frames = new Frames({
			cut(bytes, tagStart, tagEnd, bodyStart, bodyEnd) {
				const tag = Buffer.from(bytes.subarray(tagStart, tagEnd)).toString();
				const body = Buffer.from(bytes.subarray(bodyStart, bodyEnd));
				bus.fired.push({ tag, body });
				bus.answer(tag, body);
				bell.ring();
			},
			broken() {},
		});
		let form: FrameForm | undefined;
		socket.on('data', (chunk) => {
			form ??= (chunk[0] ?? 0) < 0x80 ? 'length' : 'bare';
			if (form !== reads) return;
			frames.room().set(chunk);
			frames.took(chunk.length);
		});
	};

	const bus: SaltBus = {
		fired: [],
		subscribers: () => subscribers.size,
		callers: () => callerCount,
		answer: (tag, body) => {
			bus.send(framed(writeEnvelope(Buffer.from(tag), body), writes));
		},
		until: bell.until,
		async start() {
			await listen(sockets.pub, (socket) => keep(subscribers, socket.resume()));
			await listen(sockets.pull, take);
		},
		async stop() {
			for (const socket of [...subscribers, ...callers]) socket.destroy();
			const closing = servers.map((server) => new Promise((resolve) => server.close(resolve)));
			servers = [];
			await Promise.all(closing);
			for (const path of Object.values(sockets)) rmSync(path, { force: true });
		},
		publish(tag, data) {
			bus.send(framed(writeEnvelope(Buffer.from(tag), encodeMsgpack(data)), writes));
		},
		send(bytes) {
			for (const socket of subscribers) socket.write(bytes);
		},
		cutOff() {
			for (const socket of subscribers) socket.destroy();
		},
	};
	t.after(() => bus.stop());
	await bus.start();
	return bus;
}
