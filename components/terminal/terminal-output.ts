import { Writable } from 'node:stream';
import type { Clock } from '../../src/core/clock.ts';
import { AllowList } from './allow-list.ts';
import type { Sequence } from './sequences.ts';

/** The terminal's own stream: `process.stdout`. */
export type TerminalStream = Writable & {
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
};

type Sent = { readonly sequence: Sequence };

/** A write that takes this long waits for a slow link. */
const slowWriteMs = 30;

/**
 * The stdout Ink writes to: everything passes the allow-list. It closes when the terminal is gone, and emits
 * `resize` as the terminal does.
 */
export class TerminalOutput extends Writable {
	readonly #terminal: TerminalStream;
	readonly #clock: Clock;
	readonly #allowList = new AllowList();
	#lastWriteMs = 0;

	constructor(terminal: TerminalStream, clock: Clock) {
		super({ objectMode: true });
		this.#terminal = terminal;
		this.#clock = clock;
		terminal.on('resize', this.#resized);
		terminal.on('error', this.#lost);
		terminal.on('close', this.#lost);
	}

	get isTTY(): boolean {
		return this.#terminal.isTTY === true;
	}

	// A terminal that was never told its size says 0.
	get columns(): number {
		return this.#terminal.columns || 80;
	}

	get rows(): number {
		return this.#terminal.rows || 24;
	}

	/** Characters that should never have come this far. */
	get violations(): number {
		return this.#allowList.violations;
	}

	/** Whether the terminal takes frames slower than they come: a terminal's writes block, so their time tells. */
	get pushesBack(): boolean {
		return this.#terminal.writableNeedDrain || this.#lastWriteMs >= slowWriteMs;
	}

	/** Writes one of our fixed sequences, and behind it what was written while it was corked. */
	begin(sequence: Sequence): void {
		if (this.destroyed) return;
		if (this.writableCorked > 0) this.#terminal.write(sequence);
		else this.send(sequence);
		this.uncork();
	}

	/** Writes one of our fixed sequences past the allow-list, behind what was written before. */
	send(sequence: Sequence): void {
		if (!this.destroyed) this.write({ sequence });
	}

	override _write(output: string | Buffer | Sent, _: BufferEncoding, done: () => void) {
		const isOurs = typeof output === 'object' && 'sequence' in output;
		const text = isOurs ? output.sequence : this.#allowList.filter(output.toString());
		const started = this.#clock.now();
		let isDone = false;
		const doneOnce = () => {
			if (!isDone) done();
			isDone = true;
		};
		// A terminal's writes block until it has taken them; its callback is waited for only where they do not.
		if (this.#terminal.write(text, doneOnce)) doneOnce();
		this.#lastWriteMs = this.#clock.now() - started;
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void) {
		this.#terminal.off('resize', this.#resized);
		this.#terminal.off('close', this.#lost);
		done(error);
	}

	readonly #resized = () => {
		this.emit('resize');
	};

	// The listener stays for good: writes already on their way may fail later, and there is nobody left to tell.
	readonly #lost = () => {
		this.destroy();
	};
}
