import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Failure, type FailureCode, failures } from '../../src/core/errors.ts';
import { encodeFrame, type Frame, FrameCutter, frameKind, partOf } from './pipe-frames.ts';

/** Z85 keys. `serverKey` belongs to the other side; without it this side is the CURVE server. */
export type Curve = {
	readonly serverKey?: string;
	readonly publicKey?: string;
	readonly secretKey?: string;
};

/** What a ZeroMQ process is asked to attach to. */
export type ZeromqOrder = {
	readonly pattern: 'sub' | 'push' | 'pub';
	/** `tcp://127.0.0.1:5556`, `ipc:///run/bus.ipc`. */
	readonly endpoint: string;
	readonly bind?: boolean;
	/** Prefixes subscribed to; everything where absent. */
	readonly topics?: readonly string[];
	readonly curve?: Curve;
	/** Messages the socket queues before the other side drops; 100,000 where absent. */
	readonly highWaterMark?: number;
	/** Bytes kept for a reader that lags before messages are dropped and counted; 32 MiB where absent. */
	readonly backlogBytes?: number;
	/** Milliseconds a message to be sent waits for somebody who takes it; 5,000 where absent. */
	readonly patienceMs?: number;
};

export type ZeromqListener = {
	/** One message: its parts are good during the call only (`partOf`, or `starts` and `ends` in `bytes`). */
	message(frame: Frame): void;
	/** A peer is there and the handshake is done: what was published before is not known. */
	joined(): void;
	left(): void;
	/** Nobody is there: the next try is in `ms`. */
	retrying(ms: number, reason: string): void;
	/** Messages dropped on our side because we read too slowly. */
	dropped(count: number): void;
};

// The launcher's flags but `--no-addons`: this is the one process that may load native code.
const hardening = [
	'--disable-proto=delete',
	'--disallow-code-generation-from-strings',
	'--disable-sigusr1',
];
const program = fileURLToPath(new URL('../zeromq/child.js', import.meta.url));

/**
 * Reads a PUB socket, in a process of its own, until `stop` aborts; ZeroMQ itself reconnects.
 * Rejects with a Failure when that process cannot go on: `config` where trying again is useless.
 */
export function subscribe(
	order: Omit<ZeromqOrder, 'pattern'>,
	listener: ZeromqListener,
	stop: AbortSignal,
): Promise<void> {
	const child = start({ ...order, pattern: 'sub' });
	return settled(child, stop, (frame) => hear(frame, listener));
}

/** Sends each message's parts. Resolves when the transport has all of them; `not-confirmed` where nobody took them. */
export async function send(
	order: ZeromqOrder & { readonly pattern: 'push' | 'pub' },
	messages: readonly (readonly (Uint8Array | string)[])[],
	stop: AbortSignal,
): Promise<void> {
	const child = start(order);
	for (const parts of messages) child.stdin?.write(encodeFrame(frameKind.message, parts));
	child.stdin?.write(encodeFrame(frameKind.end));
	let isSent = false;
	await settled(child, stop, (frame) => {
		isSent ||= frame.kind === frameKind.sent;
		return isSent;
	});
	if (!isSent)
		throw new Failure('not-confirmed', `zeromq: stopped before ${order.endpoint} took it`);
}

function start(order: ZeromqOrder): ChildProcess {
	const child = spawn(process.execPath, [...hardening, program], {
		env: {},
		stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
	});
	// A child that ended no longer reads: its end says why, not the broken pipe.
	child.stdin?.on('error', () => {});
	child.stdin?.write(encodeFrame(frameKind.order, [JSON.stringify(order)]));
	return child;
}

/** Calls `each` for every frame until the child is gone; `each` says whether its end is now expected. */
function settled(
	child: ChildProcess,
	stop: AbortSignal,
	each: (frame: Frame) => boolean,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const cutter = new FrameCutter();
		let isDone = false;
		let failure: unknown;
		const end = () => child.kill('SIGKILL');
		const fail = (thrown: unknown) => {
			failure = thrown;
			end();
		};
		const take = (frame: Frame) => {
			if (frame.kind !== frameKind.failed) isDone = each(frame);
			else fail(failureOf(frame));
		};
		const complaint = collect(child.stdio[2]);
		const output = child.stdio[3];
		if (output instanceof Readable) {
			output.on('data', (chunk: Buffer) => {
				try {
					cutter.push(chunk, take);
				} catch (thrown) {
					fail(thrown);
				}
			});
		}
		child.on('error', fail);
		child.on('close', (code, signal) => {
			stop.removeEventListener('abort', end);
			if (stop.aborted || (isDone && failure === undefined)) resolve();
			else reject(failure ?? died(code, signal, complaint()));
		});
		stop.addEventListener('abort', end, { once: true });
		if (stop.aborted) end();
	});
}

function hear(frame: Frame, listener: ZeromqListener): boolean {
	if (frame.kind === frameKind.message) listener.message(frame);
	else if (frame.kind === frameKind.joined) listener.joined();
	else if (frame.kind === frameKind.left) listener.left();
	else if (frame.kind === frameKind.dropped) listener.dropped(Number(textOf(frame, 0)));
	else if (frame.kind === frameKind.retrying) {
		listener.retrying(Number(textOf(frame, 0)), textOf(frame, 1));
	}
	return false;
}

function textOf(frame: Frame, index: number): string {
	return partOf(frame, index).toString();
}

function failureOf(frame: Frame): Failure {
	const code = textOf(frame, 0);
	return new Failure(isFailureCode(code) ? code : 'internal', textOf(frame, 1));
}

function isFailureCode(code: string): code is FailureCode {
	return Object.hasOwn(failures, code);
}

/** The last 2,000 characters a stream said. */
function collect(stream: unknown): () => string {
	let text = '';
	if (stream instanceof Readable) {
		stream.on('data', (chunk: Buffer) => {
			text = (text + chunk.toString()).slice(-2000);
		});
	}
	return () => text.trim();
}

function died(code: number | null, signal: string | null, complaint: string): Failure {
	const how = signal === null ? `exit ${code}` : signal;
	const why = complaint === '' ? '' : `: ${complaint}`;
	return new Failure('internal', `the ZeroMQ process ended by itself (${how})${why}`);
}
