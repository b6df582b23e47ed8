import { type FileHandle, open } from 'node:fs/promises';
import * as z from 'zod';
import { type Clock, pause, systemClock } from '../src/core/clock.ts';
import type { Connector, Sink } from '../src/core/connector.ts';
import { Failure, reasonOf } from '../src/core/errors.ts';
import { checkHeader, type Recorded, recordOf } from './replay/recording.ts';
import { checked } from './settings.ts';
import { LineCutter, type LineSink } from './wire/ndjson.ts';
import { whyUnreadable } from './wire/unreadable.ts';

export type ReplaySettings = {
	readonly file: string;
	/** How many times faster than it happened; Infinity for no pauses at all. */
	readonly speed: number;
	/** Lines played so far: a replay that was paused goes on there. */
	readonly bookmark: { played: number };
};

const readSize = 256 * 1024;
/** A record of the largest event there is, in base64, with room for its tag. */
const longestRecord = 4 * 1024 * 1024;
const shortestPauseMs = 1;
/** A timer cannot wait longer than 24.8 days. */
const longestPauseMs = 24 * 3600 * 1000;

const schema = z.strictObject({
	file: z.string().min(1),
	speed: z
		.union([
			z.literal('max').transform(() => Number.POSITIVE_INFINITY),
			z.coerce.number().positive(),
		])
		.default(1),
});

/** A recording, played: its sources, formats and pauses as they were. */
export function replayOn(clock: Clock): Connector<ReplaySettings> {
	return {
		kind: 'replay',
		title: 'A recording, played again',
		formats: [],
		fromText: (rest, query) => ({ file: rest, ...Object.fromEntries(query) }),
		parse: (raw) => ({ ...checked('replay', schema, raw), bookmark: { played: 0 } }),
		async open(settings, sink, stop) {
			const handle = await openRecording(settings.file);
			try {
				sink.link({ kind: 'live' });
				await new Player(settings, sink, clock, stop).play(handle);
			} finally {
				await handle.close();
			}
		},
	};
}

export const replay = replayOn(systemClock);

async function openRecording(path: string): Promise<FileHandle> {
	try {
		return await open(path, 'r');
	} catch (cause) {
		throw new Failure('unreachable', whyUnreadable(path, cause), { cause });
	}
}

class Player {
	readonly #settings: ReplaySettings;
	readonly #sink: Sink;
	readonly #clock: Clock;
	readonly #stop: AbortSignal;
	readonly #sinks = new Map<string, Sink>();
	#line = 0;
	/** When the first record was due on our clock, in milliseconds, and when it came, in nanoseconds. */
	#start: { readonly at: number; readonly recordedAt: bigint } | undefined;

	constructor(settings: ReplaySettings, sink: Sink, clock: Clock, stop: AbortSignal) {
		this.#settings = settings;
		this.#sink = sink;
		this.#clock = clock;
		this.#stop = stop;
	}

	async play(handle: FileHandle): Promise<void> {
		for await (const line of linesOf(handle, this.#sink)) {
			await this.#playLine(line);
			if (this.#stop.aborted) return;
		}
		if (this.#line === 0) checkHeader(Buffer.alloc(0), this.#settings.file);
		this.#settings.bookmark.played = 0;
		this.#sink.link({ kind: 'down', reason: 'the recording has ended' });
	}

	async #playLine(line: Buffer): Promise<void> {
		this.#line += 1;
		if (this.#line === 1) return checkHeader(line, this.#settings.file);
		if (this.#line <= this.#settings.bookmark.played) return;
		try {
			const record = recordOf(line);
			await this.#untilDue(record.at);
			if (this.#stop.aborted) return;
			push(record, this.#sinkFor(record));
		} catch (thrown) {
			this.#sink.broken(line, reasonOf(thrown));
		}
		this.#settings.bookmark.played = this.#line;
	}

	async #untilDue(recordedAt: bigint): Promise<void> {
		this.#start ??= { at: this.#clock.now(), recordedAt };
		const sinceStartMs = Number(recordedAt - this.#start.recordedAt) / 1e6;
		const due = this.#start.at + sinceStartMs / this.#settings.speed;
		for (;;) {
			const waitMs = due - this.#clock.now();
			if (waitMs < shortestPauseMs || this.#stop.aborted) return;
			await pause(this.#clock, Math.min(waitMs, longestPauseMs), this.#stop);
		}
	}

	#sinkFor({ source, format }: Recorded): Sink {
		const key = `${source}\n${format}`;
		const sink = this.#sinks.get(key) ?? this.#sink.from?.(source, format) ?? this.#sink;
		this.#sinks.set(key, sink);
		return sink;
	}
}

function push(record: Recorded, sink: Sink): void {
	if (record.kind === 'event') sink.event(record.tag, record.body, record.at);
	else if (record.kind === 'broken') sink.broken(record.body, record.reason);
	else if (record.kind === 'gap') sink.gap(record.gap);
	// A link of then says nothing about now.
}

async function* linesOf(handle: FileHandle, sink: Sink): AsyncGenerator<Buffer> {
	const lines: Buffer[] = [];
	const keep: LineSink = {
		cut: (bytes, _tagStart, _tagEnd, start, end) => {
			lines.push(Buffer.from(bytes.subarray(start, end)));
		},
		broken: (bytes, reason) => sink.broken(bytes, reason),
	};
	const cutter = new LineCutter(keep, longestRecord);
	const buffer = Buffer.allocUnsafe(readSize);
	for (;;) {
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
		if (bytesRead === 0) break;
		cutter.push(buffer.subarray(0, bytesRead));
		yield* lines.splice(0);
	}
	cutter.end('the recording ends within this line');
}
