import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';
import { headerLine, type Recorded, recordLine } from './recording.ts';

/** What may wait for a slow disk, in bytes. */
const mostWaiting = 16 * 1024 * 1024;

/** A recording while it is written: NDJSON in a file of its own, for its owner only. */
export class Recorder {
	readonly #stream: Writable;
	/** Resolves when all is written, after `close`; rejects with a Failure where the disk takes no more. */
	readonly done: Promise<void>;
	/** What the disk had no room for: how many, since when, and the last of them. */
	#lost = 0;
	#lostSince = 0n;
	#lastLost: Recorded | undefined;

	constructor(stream: Writable, path: string) {
		this.#stream = stream;
		this.done = finished(stream).catch((cause: unknown) => {
			const says = `cannot go on recording into ${path}: ${reasonOf(cause)}: what came before is kept`;
			throw new Failure('failed', says, { cause });
		});
	}

	/** Never waits: what a slow disk cannot take is a gap in the recording. */
	write(record: Recorded): void {
		if (this.#stream.writableLength > mostWaiting) {
			if (this.#lost === 0) this.#lostSince = record.at;
			this.#lost += 1;
			this.#lastLost = record;
			return;
		}
		if (this.#lost > 0) this.#writeGap(record);
		this.#stream.write(recordLine(record));
	}

	close(): Promise<void> {
		if (this.#lost > 0 && this.#lastLost) this.#writeGap(this.#lastLost);
		this.#stream.end();
		return this.done;
	}

	#writeGap({ at, source, format }: Recorded): void {
		const gap = {
			from: Number(this.#lostSince / 1_000_000n),
			to: Number(at / 1_000_000n),
			cause: 'the disk was too slow for the recording',
			lost: this.#lost,
		};
		this.#lost = 0;
		this.#stream.write(recordLine({ at, source, format, kind: 'gap', gap }));
	}
}

/** Begins a recording at a time in nanoseconds since the epoch. Throws a Failure where the file exists or cannot be made. */
export async function startRecording(path: string, at: bigint): Promise<Recorder> {
	const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
	try {
		await once(stream, 'open');
	} catch (cause) {
		throw whyNotBegun(path, cause);
	}
	stream.write(headerLine(at));
	return new Recorder(stream, path);
}

function whyNotBegun(path: string, cause: unknown): Failure {
	const code = systemCode(cause);
	const why = code === 'EEXIST' ? 'it exists: name another file' : reasonOf(cause);
	const says = `cannot record into ${path}: ${why}`;
	return new Failure(code === 'EACCES' ? 'denied' : 'usage', says, { cause });
}
