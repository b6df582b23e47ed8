import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { Frames, framed } from '../../connectors/wire/frames.ts';
import { writeEnvelope } from '../../connectors/wire/salt-envelope.ts';
import { encodeMsgpack } from '../codec/msgpack.ts';

/** A subscriber this many bytes behind is cut off, as a Salt master does it. */
const mostBehind = 16 * 1024 * 1024;

/** The event bus of a Salt master as recent ones speak it: length-prefixed frames on two unix sockets. */
export class SaltBus {
	readonly #subscribers = new Set<Socket>();
	readonly #callers = new Set<Socket>();
	readonly #pub = createServer((socket) => this.#subscribe(socket));
	readonly #pull = createServer((socket) => this.#listenTo(socket));

	async open(folder: string): Promise<void> {
		await listen(this.#pub, join(folder, 'master_event_pub.ipc'));
		await listen(this.#pull, join(folder, 'master_event_pull.ipc'));
	}

	/** Resolves when somebody listens, or when `stop` aborts. */
	heard(stop: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			if (this.#subscribers.size > 0 || stop.aborted) return resolve();
			this.#pub.once('connection', () => resolve());
			stop.addEventListener('abort', () => resolve(), { once: true });
		});
	}

	fire(tag: string, data: Readonly<Record<string, unknown>>): void {
		this.#publish(Buffer.from(tag), encodeMsgpack(data));
	}

	async close(): Promise<void> {
		const closed = [this.#pub, this.#pull].map((server) => {
			server.close();
			return once(server, 'close');
		});
		for (const socket of [...this.#subscribers, ...this.#callers]) socket.destroy();
		await Promise.all(closed);
	}

	#publish(tag: Uint8Array, payload: Uint8Array): void {
		const frame = framed(writeEnvelope(tag, payload), 'length');
		for (const socket of this.#subscribers) {
			if (socket.writableLength > mostBehind) socket.destroy();
			else socket.write(frame);
		}
	}

	#subscribe(socket: Socket): void {
		keep(this.#subscribers, socket);
		socket.resume();
	}

	/** What is fired into the bus appears on it. */
	#listenTo(socket: Socket): void {
		keep(this.#callers, socket);
		const frames = new Frames({
			cut: (bytes, tagStart, tagEnd, bodyStart, bodyEnd) => {
				this.#publish(bytes.subarray(tagStart, tagEnd), bytes.subarray(bodyStart, bodyEnd));
			},
			broken: () => socket.destroy(),
		});
		socket.on('data', (chunk) => {
			frames.room().set(chunk);
			if (!frames.took(chunk.length)) socket.destroy();
		});
	}
}

/** A socket that breaks is one that has left. */
function keep(sockets: Set<Socket>, socket: Socket): void {
	sockets.add(socket);
	socket.on('error', () => socket.destroy());
	socket.on('close', () => sockets.delete(socket));
}

async function listen(server: Server, path: string): Promise<void> {
	server.listen(path);
	await once(server, 'listening');
}
