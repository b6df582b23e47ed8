import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../../src/core/errors.ts';
import type { LineCutter } from './ndjson.ts';

const headSize = 1024;
const readSize = 1024 * 1024;

/** How far a file was read, and how to know it again: what a reopened source goes on from. */
export type Place = {
	readonly dev: number;
	readonly ino: number;
	readonly offset: number;
	/** The file's first bytes: at most 1 KiB, none beyond `offset`. */
	readonly head: Buffer;
	/** Milliseconds since the epoch when everything before `offset` had been read. */
	readonly at: number;
};

/** A file while it is being read. Its name may come to mean another file meanwhile. */
export class FileReading {
	readonly #handle: FileHandle;
	readonly #dev: number;
	readonly #ino: number;
	#offset = 0;
	#head: Buffer = Buffer.alloc(0);
	#buffers: readonly [Buffer, Buffer] | undefined;

	constructor(handle: FileHandle, stats: Stats) {
		this.#handle = handle;
		this.#dev = stats.dev;
		this.#ino = stats.ino;
	}

	is(stats: Stats): boolean {
		return stats.dev === this.#dev && stats.ino === this.#ino;
	}

	stat(): Promise<Stats> {
		return this.#handle.stat();
	}

	/** `held` bytes before the offset belong to a line that was not yet whole. */
	place(held: number, at: number): Place {
		const offset = this.#offset - held;
		const head = this.#head.subarray(0, offset);
		return { dev: this.#dev, ino: this.#ino, offset, head, at };
	}

	/** While one read is cut into lines, the next is under way. */
	async toEnd(lines: LineCutter, stop: AbortSignal): Promise<void> {
		this.#buffers ??= [Buffer.allocUnsafe(readSize), Buffer.allocUnsafe(readSize)];
		let [into, other] = this.#buffers;
		let bytes = await this.#read(into);
		while (bytes.length > 0 && !stop.aborted) {
			if (this.#head.length < headSize) this.#lengthenHead(bytes);
			this.#offset += bytes.length;
			[into, other] = [other, into];
			const next = this.#read(into);
			lines.push(bytes);
			bytes = await next;
		}
	}

	/** Whether the file no longer begins with what was read: truncated, and perhaps written anew. */
	async isRewritten(): Promise<boolean> {
		const { size } = await this.stat();
		return size < this.#offset || !(await this.#beginsWith(this.#head));
	}

	restart(): void {
		this.#offset = 0;
		this.#head = Buffer.alloc(0);
	}

	async skipToEnd(): Promise<void> {
		const { size } = await this.stat();
		await this.#skipTo(size);
	}

	/** Goes on at a place an earlier reading left, if this is still that file. */
	async goOn(place: Place): Promise<boolean> {
		const { size } = await this.stat();
		const isSame = place.dev === this.#dev && place.ino === this.#ino && place.offset <= size;
		if (!isSame || !(await this.#beginsWith(place.head))) return false;
		await this.#skipTo(place.offset);
		return true;
	}

	close(): Promise<void> {
		return this.#handle.close();
	}

	async #read(buffer: Buffer): Promise<Buffer> {
		const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.#offset);
		return buffer.subarray(0, bytesRead);
	}

	#lengthenHead(bytes: Buffer): void {
		this.#head = Buffer.concat([this.#head, bytes.subarray(0, headSize - this.#head.length)]);
	}

	async #skipTo(offset: number): Promise<void> {
		this.#offset = offset;
		this.#head = await this.#start(Math.min(offset, headSize));
	}

	async #beginsWith(head: Buffer): Promise<boolean> {
		return (await this.#start(head.length)).equals(head);
	}

	async #start(length: number): Promise<Buffer> {
		const { bytesRead, buffer } = await this.#handle.read(Buffer.alloc(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	}
}

/** Opens a file to be read from its start. Throws what the system says. */
export async function openReading(path: string): Promise<FileReading> {
	// Without O_NONBLOCK a FIFO would block a thread until a writer comes.
	const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const stats = await handle.stat();
		if (stats.isDirectory())
			throw new Failure('unreachable', `${path} is a folder: name a file in it`);
		return new FileReading(handle, stats);
	} catch (thrown) {
		await handle.close();
		throw thrown;
	}
}
