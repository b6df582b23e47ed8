import {
	type ConsumerMessages,
	type JetStreamClient,
	type JetStreamManager,
	type JsMsg,
	jetstream,
	type StreamConfig,
} from '@nats-io/jetstream';
import { MsgImpl } from 'nats';
import { pause } from '../../src/core/clock.ts';
import { Failure } from '../../src/core/errors.ts';
import { isoMs, isoTime } from '../../src/core/instant.ts';
import { deliver } from '../wire/deliver.ts';
import { CatchUp } from './catch-up.ts';
import type { Reader, ReaderTools } from './reader.ts';
import { whyNoStream } from './reasons.ts';
import { type Position, removed, resume, type StreamState } from './sequence.ts';
import type { NatsSettings } from './settings.ts';
import { type Places, placesIn, sequenceOfLast } from './start.ts';
import { meets } from './subjects.ts';

const retryMs = 2500;
/** Messages asked for at a time: enough to replay at full speed. */
const batch = 1000;

/** What the client says where its consumer is gone: the stream itself may be another one by now. */
const broken: ReadonlySet<string> = new Set([
	'consumer_deleted',
	'consumer_not_found',
	'stream_not_found',
	'no_responders',
]);

export type StreamSettings = NatsSettings & { readonly stream: string };

/** Reads a stream through ordered consumers, and tells what left it unread. */
export class StreamReader implements Reader {
	readonly #settings: StreamSettings;
	readonly #tools: ReaderTools;
	readonly #client: JetStreamClient;
	readonly #catchUp: CatchUp;
	#state: StreamState | undefined;
	#stop = new AbortController();
	#reading: Promise<void> = Promise.resolve();

	constructor(settings: StreamSettings, tools: ReaderTools) {
		this.#settings = settings;
		this.#tools = tools;
		this.#catchUp = new CatchUp(tools.sink);
		this.#client = jetstream(tools.connection, { ...tools.access.jetstream, checkAPI: false });
	}

	/** What was missed is asked of the stream: the time does not tell. */
	online(): void {
		this.#stop = new AbortController();
		this.#reading = this.#read(this.#stop.signal);
	}

	offline(): Promise<void> {
		this.#stop.abort();
		return this.#reading;
	}

	/** Consumer after consumer; never rejects. */
	async #read(stop: AbortSignal): Promise<void> {
		while (!stop.aborted) {
			try {
				await this.#consume(stop);
			} catch (thrown) {
				if (stop.aborted) return;
				const { clock, sink, access } = this.#tools;
				const reason = whyNoStream(this.#settings.stream, access.identity, thrown).message;
				sink.link({ kind: 'waiting', retryAt: clock.now() + retryMs, reason });
				await pause(clock, retryMs, stop);
			}
		}
	}

	/** One consumer's life. */
	async #consume(stop: AbortSignal): Promise<void> {
		const { stream, subjects, bookmark } = this.#settings;
		const manager = await this.#client.jetstreamManager(false);
		const info = await manager.streams.info(stream);
		mustHold(info.config, subjects);
		const state = stateOf(info, subjects);
		const places = placesIn(manager, stream, subjects);
		const first = await this.#firstSequence(state, places);
		const pending = first > state.last ? 0 : await places.countFrom(first);
		const { storedAt } = bookmark.position ?? {};
		stop.throwIfAborted();
		this.#state = state;
		bookmark.position = { created: state.created, last: first - 1, storedAt };
		const consumer = await this.#client.consumers.get(stream, {
			opt_start_seq: first,
			...(subjects.length === 0 ? {} : { filter_subjects: [...subjects] }),
		});
		stop.throwIfAborted();
		this.#catchUp.begin(pending);
		const messages = await consumer.consume({
			max_messages: batch,
			callback: (message) => this.#take(message),
		});
		// A consumer left behind is forgotten by the server once nobody has asked it for five minutes.
		await untilBroken(messages, stop);
	}

	async #firstSequence(state: StreamState, places: Places): Promise<number> {
		const { from, bookmark } = this.#settings;
		if (bookmark.position !== undefined) return this.#resume(bookmark.position, state, places);
		if (from === undefined) return state.last + 1;
		if ('last' in from) return sequenceOfLast(from.last, state, places.countFrom);
		const at = 'at' in from ? from.at : isoMs(this.#tools.clock.now() - from.backMs);
		return places.after(at);
	}

	async #resume(position: Position, state: StreamState, places: Places): Promise<number> {
		const { next, missing } = resume(position, state);
		if (missing !== undefined) this.#gap(position, this.#tools.clock.now(), missing);
		if ('sequence' in next) return next.sequence;
		return places.after(isoTime(next.after + 1n));
	}

	#take(message: JsMsg): void {
		const position = this.#settings.bookmark.position;
		const state = this.#state;
		if (position === undefined || state === undefined) return;
		const { streamSequence: sequence, pending } = message.info;
		const storedAt = message.timestampNanos;
		if (state.isDense && sequence > position.last + 1) {
			const missing = removed(position.last + 1, sequence - 1, true);
			this.#gap(position, Number(storedAt / 1_000_000n), missing);
		}
		position.last = sequence;
		position.storedAt = storedAt;
		deliver(this.#tools.sink, tagOf(message), message.data, storedAt);
		this.#catchUp.left(pending);
	}

	#gap(position: Position, to: number, missing: { cause: string; lost?: number }): void {
		const { storedAt } = position;
		const from = storedAt === undefined ? to : Math.min(to, Number(storedAt / 1_000_000n));
		this.#tools.sink.gap({ from, to, ...missing });
	}
}

function stateOf(
	info: Awaited<ReturnType<JetStreamManager['streams']['info']>>,
	subjects: readonly string[],
): StreamState {
	const { created, config, state } = info;
	// A stream that keeps so many events a subject drops old ones from its midst as a matter of course.
	const isDense = subjects.length === 0 && !(config.max_msgs_per_subject > 0);
	return { created, first: state.first_seq, last: state.last_seq, isDense };
}

/** A reader of subjects that the stream never gets would wait for ever, and be called live. */
function mustHold({ name, subjects: taken }: StreamConfig, wanted: readonly string[]): void {
	// A copy of other streams names no subjects of its own.
	if (wanted.length === 0 || !taken?.length) return;
	if (wanted.some((one) => taken.some((other) => meets(one, other)))) return;
	const says = `nats: ${name} holds nothing under ${wanted.join(', ')}: it takes ${taken.join(', ')}`;
	throw new Failure('unreachable', says);
}

/** The wrapped message has the subject's bytes; the wrapper only a string of them. */
function tagOf(message: JsMsg): Uint8Array {
	return 'msg' in message && message.msg instanceof MsgImpl
		? message.msg._msg.subject
		: Buffer.from(message.subject);
}

/** Resolves once the consumer is of no more use, with all its timers gone; throws where it was refused. */
async function untilBroken(messages: ConsumerMessages, stop: AbortSignal): Promise<void> {
	const close = () => void messages.close();
	stop.addEventListener('abort', close, { once: true });
	if (stop.aborted) close();
	for await (const { type } of messages.status()) if (broken.has(type)) break;
	stop.removeEventListener('abort', close);
	const error = await messages.close();
	if (error) throw error;
}
