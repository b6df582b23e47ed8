import type { Clock } from '../../src/core/clock.ts';
import { type FrameSink, Frames } from '../wire/frames.ts';
import { drain } from '../wire/unix-socket.ts';
import type { Awaited } from './awaited.ts';
import { Hearing, type Manner } from './manner.ts';
import { learning } from './read-bus.ts';
import { refusal } from './refusal.ts';
import type { Sockets } from './sockets.ts';
import { listenZeromq } from './zeromq-bus.ts';

/** Hears a bus, and counts which of the awaited events appeared on it. */
export class Echoes implements FrameSink {
	readonly #byTag: Map<string, Awaited[]>;
	readonly #clock: Clock;
	#missing: number;
	#heard = () => {};

	constructor(awaited: readonly Awaited[], clock: Clock) {
		this.#byTag = Map.groupBy(awaited, ({ tag }) => Buffer.from(tag).toString('latin1'));
		this.#missing = awaited.length;
		this.#clock = clock;
	}

	/** How many did not appear yet. */
	get missing(): number {
		return this.#missing;
	}

	cut(
		bytes: Uint8Array,
		tagStart: number,
		tagEnd: number,
		bodyStart: number,
		bodyEnd: number,
	): void {
		const tag = Buffer.from(bytes.buffer, bytes.byteOffset + tagStart, tagEnd - tagStart);
		const waiting = this.#byTag.get(tag.toString('latin1'));
		if (waiting === undefined) return;
		const body = bytes.subarray(bodyStart, bodyEnd);
		const index = waiting.findIndex((one) => one.isEcho(body));
		if (index < 0) return;
		waiting.splice(index, 1);
		this.#missing -= 1;
		this.#heard();
	}

	/** What cannot be cut is no echo; the source that reads this bus tells of it. */
	broken(): void {}

	/** Resolves when all appeared, or when for `ms` no further one did. Ends at once when `stop` aborts. */
	settle(ms: number, stop: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const done = () => {
				cancel();
				stop.removeEventListener('abort', done);
				this.#heard = () => {};
				resolve();
			};
			let cancel = this.#clock.after(ms, done);
			this.#heard = () => {
				cancel();
				cancel = this.#clock.after(ms, done);
				if (this.#missing === 0) done();
			};
			stop.addEventListener('abort', done, { once: true });
			if (this.#missing === 0 || stop.aborted) done();
		});
	}
}

/** Listens on a bus until `stop` aborts; resolves once it does. Rejects with a Failure where it may not or cannot. */
export function listen(
	sockets: Sockets,
	echoes: Echoes,
	manner: Manner,
	stop: AbortSignal,
): Promise<void> {
	if (manner.isZeromq) return listenZeromq(sockets, echoes, manner, stop);
	const { bus, pub } = sockets;
	return new Promise((resolve, reject) => {
		const reader = learning(new Frames(new Hearing(echoes, manner)), manner);
		drain(pub, reader, resolve, stop).then(async (end) => {
			if (end.kind === 'refused') reject(await refusal(pub, bus, end.error));
		});
	});
}
