import { Failure } from '../../src/core/errors.ts';

/**
 * What runs between eventctl and a child that holds a native addon: frames of
 * `u32 length | u8 kind | u16 count | count × u32 part length | the parts`, big endian, both ways.
 * The length counts what follows it.
 */
export const frameKind = {
	/** Parent to child: what to attach to, as JSON in one part. */
	order: 0,
	/** A message's parts, either way. */
	message: 1,
	/** Parent to child: no more messages come. */
	end: 2,
	/** Child to parent: a peer is there; the handshake is done. */
	joined: 3,
	/** A peer went away. */
	left: 4,
	/** Nobody is there: part one is the milliseconds to the next try, part two the reason, as text. */
	retrying: 5,
	/** Part one is how many messages were dropped because the pipe was full, as text. */
	dropped: 6,
	/** The child cannot go on: part one is a failure's code, part two the sentence. */
	failed: 7,
	/** All messages were handed to the transport. */
	sent: 8,
} as const;

/** One frame within bytes somebody else owns; filled anew for each frame. */
export type Frame = {
	kind: number;
	bytes: Buffer;
	count: number;
	readonly starts: number[];
	readonly ends: number[];
};

const headBytes = 4;
const fixedBytes = 3;
const maxFrameBytes = 256 * 1024 * 1024;

/** One frame's bytes; at most 65,535 parts. */
export function encodeFrame(kind: number, parts: readonly (Uint8Array | string)[] = []): Buffer {
	const pieces = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
	const head = Buffer.allocUnsafe(headBytes + fixedBytes + pieces.length * 4);
	head.writeUInt8(kind, 4);
	head.writeUInt16BE(pieces.length, 5);
	let total = head.length;
	let at = headBytes + fixedBytes;
	for (const piece of pieces) {
		head.writeUInt32BE(piece.length, at);
		at += 4;
		total += piece.length;
	}
	head.writeUInt32BE(total - headBytes, 0);
	return Buffer.concat([head, ...pieces], total);
}

/** A part's bytes; shares the frame's memory. */
export function partOf(frame: Frame, index: number): Buffer {
	return frame.bytes.subarray(frame.starts[index], frame.ends[index]);
}

/** Cuts a pipe's chunks into frames, wherever the chunks end. Throws a Failure on a length that cannot be. */
export class FrameCutter {
	readonly #frame: Frame = { kind: 0, bytes: Buffer.alloc(0), count: 0, starts: [], ends: [] };
	#chunks: Buffer[] = [];
	#held = 0;
	#needed = headBytes;

	/** Calls `each` for every frame that is whole now; the frame is only good during the call. */
	push(chunk: Buffer, each: (frame: Frame) => void): void {
		this.#chunks.push(chunk);
		this.#held += chunk.length;
		if (this.#held < this.#needed) return;
		const bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#held);
		const end = this.#cut(bytes, each);
		const rest = bytes.subarray(end);
		this.#chunks = rest.length === 0 ? [] : [rest];
		this.#held = rest.length;
		this.#needed = rest.length < headBytes ? headBytes : headBytes + lengthAt(rest, 0);
	}

	#cut(bytes: Buffer, each: (frame: Frame) => void): number {
		let at = 0;
		while (bytes.length - at >= headBytes) {
			const length = lengthAt(bytes, at);
			const start = at + headBytes;
			if (bytes.length - start < length) break;
			at = start + length;
			this.#fill(bytes, start, at);
			each(this.#frame);
		}
		return at;
	}

	#fill(bytes: Buffer, start: number, end: number): void {
		const frame = this.#frame;
		frame.kind = bytes.readUInt8(start);
		frame.bytes = bytes;
		frame.count = bytes.readUInt16BE(start + 1);
		let part = start + fixedBytes + frame.count * 4;
		for (let index = 0; index < frame.count; index++) {
			frame.starts[index] = part;
			part += bytes.readUInt32BE(start + fixedBytes + index * 4);
			frame.ends[index] = part;
		}
		if (part !== end) throw broken(`its parts end at ${part - start} of ${end - start} bytes`);
	}
}

function lengthAt(bytes: Buffer, at: number): number {
	const length = bytes.readUInt32BE(at);
	if (length < fixedBytes || length > maxFrameBytes) throw broken(`a frame claims ${length} bytes`);
	return length;
}

function broken(reason: string): Failure {
	return new Failure('internal', `the pipe to the ZeroMQ process broke: ${reason}`);
}
