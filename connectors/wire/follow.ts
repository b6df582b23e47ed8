import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { systemCode } from '../../src/core/errors.ts';
import { Bell } from './bell.ts';
import { type FileReading, openReading, type Place } from './file-reading.ts';
import type { LineCutter } from './ndjson.ts';
import { isPacked, rotatedBeside } from './rotated.ts';
import { whyUnreadable } from './unreadable.ts';

const pollMs = 500;
/** A writer of many small lines rings for each: we look at most fifty times a second. */
const restMs = 20;
/** What was packed bears the time of what it was made of, which may be the file that was read, to the second. */
const packedMs = 1000;
const withinLine = 'the file was rotated within this line';

export type Following = {
	readonly path: string;
	/** Where to begin in a file that is there already; one that comes later is read from its start. */
	readonly from: 'start' | 'end';
	/** Where an earlier reading of this path stopped; goes before `from`. */
	readonly place: Place | undefined;
	readonly lines: LineCutter;
	readonly sink: Sink;
	readonly clock: Clock;
};

/**
 * Reads a file and what is appended to it until `stop`, through rotation by rename (also several at once), symlink
 * swap, truncation and absence; resolves with the place it stopped at. What may have been missed is a gap.
 * It also ends where the path turns out to be a FIFO, which is read otherwise.
 */
export async function followFile(
	following: Following,
	stop: AbortSignal,
): Promise<Place | undefined> {
	const follower = new Follower(following, stop);
	const bell = new Bell(following.path, stop);
	const { clock } = following;
	try {
		while (!stop.aborted) {
			await follower.look();
			if (follower.isFifo) break;
			await pause(clock, restMs, stop);
			await bell.next(clock, pollMs);
		}
		return follower.place;
	} finally {
		bell.close();
		await follower.close();
	}
}

class Follower {
	readonly #path: string;
	readonly #lines: LineCutter;
	readonly #sink: Sink;
	readonly #clock: Clock;
	readonly #stop: AbortSignal;
	#begin: 'start' | 'end';
	#place: Place | undefined;
	#reading: FileReading | undefined;
	#wholeAt: number;
	#attempt = 0;
	isFifo = false;

	constructor({ path, from, place, lines, sink, clock }: Following, stop: AbortSignal) {
		this.#path = path;
		this.#begin = from;
		this.#place = place;
		this.#lines = lines;
		this.#sink = sink;
		this.#clock = clock;
		this.#stop = stop;
		this.#wholeAt = place?.at ?? clock.now();
	}

	get place(): Place | undefined {
		return this.#reading?.place(this.#lines.held, this.#wholeAt) ?? this.#place;
	}

	/** Reads whatever is new, and sees whether the name means another file by now. */
	async look(): Promise<void> {
		try {
			if (!this.#reading && (await stat(this.#path)).isFIFO()) {
				this.isFifo = true;
				return;
			}
			this.#reading ??= await this.#open();
			if (await this.#reading.isRewritten()) this.#startAnew(this.#reading);
			await this.#read(this.#reading);
			if (await this.#isReplaced(this.#reading)) await this.#turnOver(this.#reading);
			this.#attempt = 0;
		} catch (thrown) {
			await this.#giveUpForNow(thrown);
		}
	}

	async close(): Promise<void> {
		await this.#reading?.close();
	}

	async #open(): Promise<FileReading> {
		const reading = await openReading(await this.#pathNow());
		try {
			if (this.#place) await this.#goOn(reading, this.#place);
			else if (this.#begin === 'end') await reading.skipToEnd();
		} catch (thrown) {
			await reading.close();
			throw thrown;
		}
		this.#place = undefined;
		this.#begin = 'start';
		this.#sink.link({ kind: 'live' });
		return reading;
	}

	/** Where the file is that was read before: rotation may have given it another name. */
	async #pathNow(): Promise<string> {
		const place = this.#place;
		if (!place) return this.#path;
		const isIt = ({ dev, ino }: Stats) => dev === place.dev && ino === place.ino;
		if (isIt(await stat(this.#path))) return this.#path;
		const renamed = (await rotatedBeside(this.#path)).find(({ stats }) => isIt(stats));
		return renamed?.path ?? this.#path;
	}

	async #goOn(reading: FileReading, place: Place): Promise<void> {
		if (!(await reading.goOn(place))) this.#gap('the file read before is gone from this path');
	}

	async #read(reading: FileReading): Promise<void> {
		await reading.toEnd(this.#lines, this.#stop);
		this.#wholeAt = this.#clock.now();
	}

	#startAnew(reading: FileReading): void {
		this.#lines.end('the file was truncated within this line');
		this.#gap('the file was truncated');
		reading.restart();
	}

	/** A new file counts once it holds something: until then its writer may still have the old one open. */
	async #isReplaced(reading: FileReading): Promise<boolean> {
		try {
			const named = await stat(this.#path);
			return !reading.is(named) && named.size > 0;
		} catch (thrown) {
			if (systemCode(thrown) === 'ENOENT') return false;
			throw thrown;
		}
	}

	/** The writer has moved on, so that what the old file holds now is all it will ever hold. */
	async #turnOver(reading: FileReading): Promise<void> {
		await this.#read(reading);
		this.#lines.end(withinLine);
		const { mtimeMs } = await reading.stat();
		this.#reading = undefined;
		await reading.close();
		this.#reading = await this.#open();
		await this.#readBetween(reading, mtimeMs, this.#reading);
		await this.#read(this.#reading);
	}

	/** Of two rotations between two looks, the first one's file has only its new name left. */
	async #readBetween(before: FileReading, writtenMs: number, now: FileReading): Promise<void> {
		for (const { path, stats } of await rotatedBeside(this.#path)) {
			if (stats.mtimeMs < writtenMs || before.is(stats) || now.is(stats)) continue;
			if (!isPacked(path)) await this.#readRotated(path);
			else if (stats.mtimeMs > writtenMs + packedMs) {
				this.#gap(`${basename(path)} was packed before it was read`);
			}
		}
	}

	async #readRotated(path: string): Promise<void> {
		const reading = await openReading(path);
		try {
			await this.#read(reading);
			this.#lines.end(withinLine);
		} finally {
			await reading.close();
		}
	}

	async #giveUpForNow(thrown: unknown): Promise<void> {
		this.#place = this.place;
		this.#lines.forget();
		await this.#reading?.close();
		this.#reading = undefined;
		// A file that is not there yet is new when it comes.
		if (systemCode(thrown) === 'ENOENT') this.#begin = 'start';
		this.#attempt += 1;
		const reason = whyUnreadable(this.#path, thrown);
		const retryAt = this.#clock.now() + pollMs;
		this.#sink.link({ kind: 'waiting', retryAt, reason, attempt: this.#attempt });
	}

	#gap(cause: string): void {
		this.#sink.gap({ from: this.#wholeAt, to: this.#clock.now(), cause });
	}
}
