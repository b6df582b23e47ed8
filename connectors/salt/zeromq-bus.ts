import type { Clock } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import type { FrameSink } from '../wire/frames.ts';
import type { Frame } from '../wire/pipe-frames.ts';
import { type Address, addressText } from '../wire/unix-socket.ts';
import { send, subscribe } from '../wire/zeromq-child.ts';
import { follow } from '../zeromq/follow.ts';
import type { Manner } from './manner.ts';
import type { Message } from './outgoing.ts';
import type { Sockets } from './sockets.ts';
import { cuttingMessages, messageOf, severalParts } from './zeromq-message.ts';

/** Reads a bus of Salt up to 2015.8 until `stop` aborts. */
export function readZeromqBus(
	{ pub }: Sockets,
	sink: Sink,
	manner: Manner,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	const cutting: Sink = {
		...cuttingMessages(sink, manner),
		event: (_first, rest) => sink.broken(rest, severalParts),
		gap: (gap) => sink.gap(gap),
		link: (link) => sink.link(link),
		dropped: (count) => sink.dropped(count),
	};
	return follow({ endpoint: endpointOf(pub), bind: false }, cutting, clock, stop);
}

/** Hears such a bus until `stop` aborts; resolves once it does, rejects with a Failure where nobody is there. */
export function listenZeromq(
	{ bus, pub }: Sockets,
	sink: FrameSink,
	manner: Manner,
	stop: AbortSignal,
): Promise<void> {
	const cutting = cuttingMessages(sink, manner);
	return new Promise((resolve, reject) => {
		const listener = {
			message: ({ bytes, starts, ends }: Frame) => {
				cutting.cut(bytes, 0, 0, starts[0] ?? 0, ends[0] ?? 0);
			},
			joined: resolve,
			left() {},
			retrying(_ms: number, reason: string) {
				reject(new Failure('unreachable', `salt: no salt-${bus} answers: ${reason}`));
			},
			dropped() {},
		};
		subscribe({ endpoint: endpointOf(pub) }, listener, stop).catch(reject);
	});
}

/** Hands all messages to the bus; resolves when the transport has them. */
export function sendZeromq(
	{ pull }: Sockets,
	messages: readonly Message[],
	manner: Manner,
	stop: AbortSignal,
): Promise<void> {
	const parts = messages.map((message) => [messageOf(message, manner)]);
	return send({ pattern: 'push', endpoint: endpointOf(pull) }, parts, stop);
}

function endpointOf(address: Address): string {
	return 'path' in address ? `ipc://${address.path}` : addressText(address);
}
