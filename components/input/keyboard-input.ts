import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { Clock } from '../../src/core/clock.ts';
import { Failure } from '../../src/core/errors.ts';
import type { Token } from '../../src/core/stroke.ts';
import { Tokenizer } from './tokenizer.ts';

/** What keys are read from: a terminal in raw mode. */
export type KeyStream = Pick<ReadStream, 'setRawMode' | 'pause' | 'resume' | 'on' | 'off'>;

type Hears = {
	token(token: Token): void;
	/** The terminal is gone: no key will come again. */
	lost(): void;
};

/**
 * The stream keys come from: stdin, or the terminal itself where stdin is a pipe. Throws a Failure where there is
 * none.
 */
export function keyStream(stdin: NodeJS.ReadStream): ReadStream {
	return stdin.isTTY ? stdin : new ReadStream(openTerminal());
}

function openTerminal(): number {
	try {
		return openSync('/dev/tty', 'r');
	} catch (cause) {
		const why = 'no keys can be read: stdin is a pipe and this process has no terminal of its own';
		throw new Failure('usage', `${why}: use eventctl events`, { cause });
	}
}

/** Reads keys from a terminal in raw mode while it is open. */
export class KeyboardInput {
	readonly #stream: KeyStream;
	readonly #tokenizer: Tokenizer;
	readonly #hears: Hears;

	constructor(stream: KeyStream, clock: Clock, hears: Hears) {
		this.#stream = stream;
		this.#hears = hears;
		this.#tokenizer = new Tokenizer(clock, hears.token);
		stream.on('end', this.#lost);
		stream.on('error', this.#lost);
		stream.on('close', this.#lost);
	}

	open(): void {
		this.#stream.setRawMode(true);
		this.#stream.on('data', this.#read);
		this.#stream.resume();
	}

	/** Leaves the terminal to others: the mode it had, and no key read; `open` takes it back. */
	close(): void {
		this.#stream.off('data', this.#read);
		this.#stream.pause();
		this.#stream.setRawMode(false);
		this.#tokenizer.close();
	}

	readonly #read = (bytes: Buffer) => this.#tokenizer.feed(bytes);
	readonly #lost = () => this.#hears.lost();
}
