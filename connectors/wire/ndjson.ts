import type { Sink } from '../../src/core/connector.ts';
import { Cuts } from '../../src/core/cuts.ts';

/** Where lines go: a sink, or what looks at them before one. */
export type LineSink = Pick<Sink, 'cut' | 'cuts' | 'broken'>;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const byteOrderMark = Buffer.from('\ufeff');

/** The longest line that becomes an event, in bytes; of a longer one this much becomes a broken row. */
export const longestLine = 256 * 1024;

/**
 * Cuts bytes into lines at 0x0A and nowhere else: U+2028 or a lone CR in a file name must not forge an event.
 * A line within one chunk goes on from where it lies; only what spans chunks is copied. Tag bounds are empty.
 */
export class LineCutter {
	readonly #lines: LineSink;
	readonly #limit: number;
	readonly #cuts = new Cuts();
	#held = Buffer.alloc(0);
	#heldLength = 0;
	#isSkipping = false;
	#isFirst = true;

	constructor(lines: LineSink, limit = longestLine) {
		this.#lines = lines;
		this.#limit = limit;
	}

	/** How many bytes of an unfinished line wait for its end. */
	get held(): number {
		return this.#heldLength;
	}

	/** Takes the next bytes; keeps none of them, so that the caller may reuse its buffer. */
	push(chunk: Buffer): void {
		let start = this.#isSkipping || this.#heldLength > 0 ? this.#finish(chunk) : 0;
		this.#cuts.bytes = chunk;
		for (;;) {
			const end = chunk.indexOf(lineFeed, start);
			if (end < 0) break;
			this.#line(chunk, start, end);
			start = end + 1;
		}
		this.#cuts.pushTo(this.#lines);
		if (start < chunk.length) this.#hold(chunk, start, chunk.length);
	}

	/** No more bytes follow these: an unfinished line becomes a broken row, and what comes next is a new stream. */
	end(reason: string): void {
		if (this.#heldLength > 0) this.#lines.broken(this.#held.subarray(0, this.#heldLength), reason);
		this.forget();
		this.#isFirst = true;
	}

	/** The unfinished line will be read again: what was held of it is dropped. */
	forget(): void {
		this.#heldLength = 0;
		this.#isSkipping = false;
	}

	/** Ends the line begun in earlier chunks; where the next one starts. */
	#finish(chunk: Buffer): number {
		const found = chunk.indexOf(lineFeed);
		const end = found < 0 ? chunk.length : found;
		this.#hold(chunk, 0, end);
		if (found < 0) return end;
		if (!this.#isSkipping) this.#heldLine();
		this.#heldLength = 0;
		this.#isSkipping = false;
		return found + 1;
	}

	#hold(chunk: Buffer, start: number, end: number): void {
		if (this.#isSkipping) return;
		const length = this.#heldLength + end - start;
		if (length > this.#held.length) this.#grow(length);
		this.#heldLength += chunk.copy(this.#held, this.#heldLength, start, end);
		if (length <= this.#limit) return;
		this.#tooLong(this.#held, 0);
		this.#heldLength = 0;
		this.#isSkipping = true;
	}

	#grow(length: number): void {
		const roomy = Buffer.allocUnsafe(
			Math.min(this.#limit, Math.max(length, 2 * this.#held.length)),
		);
		this.#held.copy(roomy, 0, 0, this.#heldLength);
		this.#held = roomy;
	}

	#heldLine(): void {
		this.#cuts.bytes = this.#held;
		this.#line(this.#held, 0, this.#heldLength);
		this.#cuts.pushTo(this.#lines);
	}

	#line(bytes: Buffer, lineStart: number, lineEnd: number): void {
		const start = this.#isFirst ? afterByteOrderMark(bytes, lineStart, lineEnd) : lineStart;
		this.#isFirst = false;
		if (lineEnd - lineStart > this.#limit) {
			this.#tooLong(bytes, lineStart);
			return;
		}
		const end = lineEnd > start && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
		// What is between two events of a run is kept with them: blank lines are not worth that.
		if (isBlank(bytes, start, end)) this.#cuts.pushTo(this.#lines);
		else this.#cuts.add(start, start, start, end);
	}

	#tooLong(bytes: Buffer, start: number): void {
		this.#cuts.pushTo(this.#lines);
		this.#isFirst = false;
		const head = bytes.subarray(start, start + this.#limit);
		this.#lines.broken(head, `a line of more than ${this.#limit} bytes: the rest of it is skipped`);
	}
}

function afterByteOrderMark(bytes: Buffer, start: number, end: number): number {
	const { length } = byteOrderMark;
	if (end - start < length) return start;
	return bytes.compare(byteOrderMark, 0, length, start, start + length) === 0
		? start + length
		: start;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		if (byte !== space && byte !== 0x09) return false;
	}
	return true;
}
