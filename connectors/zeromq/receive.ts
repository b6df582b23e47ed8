import type { Socket } from 'node:net';
import type { Observer, Subscriber } from 'zeromq';
import { encodeFrame, frameKind } from '../wire/pipe-frames.ts';
import type { ZeromqOrder } from '../wire/zeromq-child.ts';
import { nobodyThere, socketOptions } from './options.ts';

type Zeromq = typeof import('zeromq');

const defaultBacklogBytes = 32 * 1024 * 1024;

/** Writes every message and every change of the connection to `output`; ends only with the process. */
export async function receive(zeromq: Zeromq, order: ZeromqOrder, output: Socket): Promise<void> {
	const socket = new zeromq.Subscriber({
		...socketOptions(order, zeromq.curveKeyPair),
		receiveHighWaterMark: order.highWaterMark ?? 100_000,
	});
	watch(socket.events, order, output);
	socket.subscribe(...(order.topics ?? ['']));
	if (order.bind === true) await socket.bind(order.endpoint);
	else socket.connect(order.endpoint);
	await relay(socket, output, order.backlogBytes ?? defaultBacklogBytes);
}

/** Always reads; what the parent has no room for is dropped here, and counted. */
async function relay(socket: Subscriber, output: Socket, backlogBytes: number): Promise<void> {
	let dropped = 0;
	output.on('drain', () => {
		if (dropped === 0) return;
		output.write(encodeFrame(frameKind.dropped, [String(dropped)]));
		dropped = 0;
	});
	for await (const parts of socket) {
		if (output.writableLength > backlogBytes) dropped++;
		else output.write(encodeFrame(frameKind.message, parts));
	}
}

function watch(events: Observer, order: ZeromqOrder, output: Socket): void {
	let joined = 0;
	let isRefused = false;
	const tell = (kind: number, ...parts: string[]) => output.write(encodeFrame(kind, parts));
	const refuse = () => {
		isRefused = true;
	};
	events.on('handshake', () => {
		joined++;
		isRefused = false;
		tell(frameKind.joined);
	});
	events.on('disconnect', () => {
		// A connection refused in the handshake disconnects too, without ever having joined.
		if (joined === 0) return;
		joined--;
		tell(frameKind.left);
	});
	events.on('handshake:error:auth', refuse);
	events.on('handshake:error:protocol', refuse);
	events.on('handshake:error:other', refuse);
	events.on('connect:retry', ({ interval }) => {
		tell(frameKind.retrying, String(interval), nobodyThere(order, isRefused));
	});
}
