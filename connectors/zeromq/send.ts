import type { XPublisher } from 'zeromq';
import type { ZeromqOrder } from '../wire/zeromq-child.ts';
import { socketOptions } from './options.ts';

type Zeromq = typeof import('zeromq');

const defaultPatienceMs = 5000;
/** Milliseconds a closed socket may go on sending what it holds. */
const linger = 5000;

/** Sends all messages once somebody is there to take them; throws EAGAIN where nobody came in time. */
export async function send(
	zeromq: Zeromq,
	order: ZeromqOrder,
	messages: readonly Buffer[][],
): Promise<void> {
	if (order.pattern === 'push') await push(zeromq, order, messages);
	else await publish(zeromq, order, messages);
}

async function push(zeromq: Zeromq, order: ZeromqOrder, messages: readonly Buffer[][]) {
	const socket = new zeromq.Push({
		...socketOptions(order, zeromq.curveKeyPair),
		linger,
		// Only a finished connection gets a queue: without one `send` waits, and the wait ends.
		immediate: true,
		sendTimeout: order.patienceMs ?? defaultPatienceMs,
	});
	try {
		await attach(socket, order);
		for (const parts of messages) await socket.send(parts);
	} finally {
		socket.close();
	}
}

async function publish(zeromq: Zeromq, order: ZeromqOrder, messages: readonly Buffer[][]) {
	// An XPUB is a PUB that hears who subscribes: what nobody has subscribed to is thrown away.
	const socket = new zeromq.XPublisher({
		...socketOptions(order, zeromq.curveKeyPair),
		linger,
		receiveTimeout: order.patienceMs ?? defaultPatienceMs,
	});
	const prefixes: Buffer[] = [];
	try {
		await attach(socket, order);
		for (const parts of messages) {
			const [first = Buffer.alloc(0)] = parts;
			while (!prefixes.some((prefix) => startsWith(first, prefix))) {
				prefixes.push(await nextSubscription(socket));
			}
			await socket.send(parts);
		}
	} finally {
		socket.close();
	}
}

async function attach(
	socket: { bind(endpoint: string): Promise<void>; connect(endpoint: string): void },
	{ endpoint, bind }: ZeromqOrder,
): Promise<void> {
	if (bind === true) await socket.bind(endpoint);
	else socket.connect(endpoint);
}

/** The prefix of the next subscription; unsubscriptions, whose first byte is 0, are passed over. */
async function nextSubscription(socket: XPublisher): Promise<Buffer> {
	for (;;) {
		const [word = Buffer.alloc(0)] = await socket.receive();
		if (word[0] === 1) return word.subarray(1);
	}
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
	return bytes.subarray(0, prefix.length).equals(prefix);
}
