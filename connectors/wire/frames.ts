import { uint32 } from '../../src/codec/msgpack-scan.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Cuts } from '../../src/core/cuts.ts';
import { isMap, maxFrameBytes, newEnvelope, readEnvelope } from './salt-envelope.ts';

/** How a bus sets its frames apart: maps back to back, or each behind its length in four bytes. */
export type FrameForm = 'bare' | 'length';

export type FrameSink = Pick<Sink, 'cut' | 'cuts' | 'broken'>;

const usualBytes = 256 * 1024;
const leastRoom = 64 * 1024;

const noBody = 'a frame without a body';
const noTag = 'a body without the blank line that ends its tag';

/**
 * Cuts the bytes of one connection into events. Bytes are read straight into `room()`; `took` pushes what is
 * whole and keeps the rest where it lies. The first byte tells the form of all frames.
 */
export class Frames {
	readonly #sink: FrameSink;
	readonly #found = newEnvelope();
	readonly #cuts = new Cuts();
	#buffer = Buffer.allocUnsafeSlow(usualBytes);
	#start = 0;
	#end = 0;
	#form: FrameForm | undefined;
	#isZeromq = false;

	constructor(sink: FrameSink) {
		this.#sink = sink;
	}

	/** Undefined until the first byte came. */
	get form(): FrameForm | undefined {
		return this.#form;
	}

	/** Whether the connection was given up because a ZeroMQ socket greeted us on it. */
	get isZeromq(): boolean {
		return this.#isZeromq;
	}

	/** Where the next bytes belong: at least 64 KiB, good until the next call of `took`. */
	room(): Buffer {
		if (this.#buffer.length - this.#end < leastRoom) this.#makeRoom();
		return this.#end === 0 ? this.#buffer : this.#buffer.subarray(this.#end);
	}

	/**
	 * `count` bytes were written to the room. False where they cannot be frames and nobody knows where the
	 * next one begins: the connection is of no more use.
	 */
	took(count: number): boolean {
		this.#end += count;
		this.#form ??= formOf(this.#buffer[0] ?? 0);
		this.#cuts.bytes = this.#buffer;
		const isSound = this.#form === 'bare' ? this.#cutMaps() : this.#cutLengths();
		this.#cuts.pushTo(this.#sink);
		if (!isSound) this.#giveUp();
		if (this.#start === this.#end) this.#clear();
		return isSound;
	}

	/** The connection is over: a frame that began on it will not be whole. */
	end(): void {
		if (this.#start < this.#end) this.#breakOff('the connection ended within a frame');
		this.#clear();
	}

	#cutMaps(): boolean {
		while (this.#start < this.#end) {
			const reading = readEnvelope(this.#buffer, this.#start, this.#end, this.#found);
			if (reading === 'partial') return true;
			if (reading === 'lost') return false;
			if (reading === 'whole') this.#push();
			else this.#skip(this.#found.end, reading === 'tagless' ? noTag : noBody);
			this.#start = this.#found.end;
		}
		return true;
	}

	#cutLengths(): boolean {
		while (this.#end - this.#start >= 4) {
			const length = uint32(this.#buffer, this.#start);
			if (length === 0 || length > maxFrameBytes) return false;
			const end = this.#start + 4 + length;
			if (end > this.#end) return true;
			const reading = readEnvelope(this.#buffer, this.#start + 4, end, this.#found);
			if (reading === 'whole' && this.#found.end === end) this.#push();
			else this.#skip(end, reading === 'tagless' ? noTag : 'a frame that is no map with a body');
			this.#start = end;
		}
		return true;
	}

	#push(): void {
		const { tagStart, tagEnd, bodyStart, bodyEnd } = this.#found;
		this.#cuts.add(tagStart, tagEnd, bodyStart, bodyEnd);
	}

	#skip(end: number, reason: string): void {
		this.#cuts.pushTo(this.#sink);
		this.#sink.broken(this.#buffer.subarray(this.#start, end), reason);
	}

	#giveUp(): void {
		this.#isZeromq = isGreeting(this.#buffer.subarray(0, this.#end));
		if (this.#isZeromq) this.#start = this.#end;
		else this.#breakOff(`no Salt frame begins with ${this.#head()}`);
	}

	#breakOff(reason: string): void {
		this.#skip(this.#end, reason);
		this.#start = this.#end;
	}

	#head(): string {
		const end = Math.min(this.#start + 8, this.#end);
		return this.#buffer.toString('hex', this.#start, end);
	}

	#clear(): void {
		this.#start = 0;
		this.#end = 0;
		if (this.#buffer.length > usualBytes) this.#buffer = Buffer.allocUnsafeSlow(usualBytes);
	}

	/** A rest is moved to the front, or where it fills half the buffer to one twice as large: no byte moves often. */
	#makeRoom(): void {
		const rest = this.#end - this.#start;
		const isCrowded = rest * 2 > this.#buffer.length;
		const to = isCrowded ? Buffer.allocUnsafeSlow(this.#buffer.length * 2) : this.#buffer;
		this.#buffer.copy(to, 0, this.#start, this.#end);
		this.#buffer = to;
		this.#start = 0;
		this.#end = rest;
	}
}

function formOf(first: number): FrameForm {
	return isMap(first) ? 'bare' : 'length';
}

/** What every ZeroMQ socket says first: ff, eight bytes, 7f. */
function isGreeting(bytes: Uint8Array): boolean {
	return bytes[0] === 0xff && bytes[9] === 0x7f;
}

/** A frame as a bus of that form writes or reads it. */
export function framed(frame: Uint8Array, form: FrameForm): Buffer {
	if (form === 'bare') return Buffer.from(frame);
	const length = Buffer.allocUnsafe(4);
	length.writeUInt32BE(frame.length);
	return Buffer.concat([length, frame]);
}
