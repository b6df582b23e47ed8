import { writeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import type { Clock } from '../../src/core/clock.ts';
import type { Token } from '../../src/core/stroke.ts';
import { KeyboardInput } from '../input/keyboard-input.ts';
import { prepare, restore, standDown } from './sequences.ts';
import { TerminalOutput, type TerminalStream } from './terminal-output.ts';

export type TerminalParts = {
	/** Where keys come from; see `keyStream`. */
	readonly keys: ReadStream;
	readonly stdout: TerminalStream & { readonly fd: number };
	readonly clock: Clock;
	readonly process: NodeJS.Process;
	onToken(token: Token): void;
	/** The terminal is gone, or the supervisor that would restore it: the screen must end. */
	onLost(): void;
	/** Somebody asks for a stop (SIGTSTP): lend the screen, then call `stop`. */
	onStop(): void;
};

/**
 * The operator's terminal while we draw on it: raw keys in, filtered output out. Whatever ends the process, its last
 * act restores the terminal.
 */
export class Terminal {
	/** What Ink writes to: held back until the terminal is taken. */
	readonly output: TerminalOutput;
	readonly #parts: TerminalParts;
	readonly #keyboard: KeyboardInput;
	readonly #parent: number;
	#isTaken = false;
	#isLost = false;
	#cancelWatch = () => {};

	constructor(parts: TerminalParts) {
		this.#parts = parts;
		this.#parent = parts.process.ppid;
		this.output = new TerminalOutput(parts.stdout, parts.clock);
		this.output.cork();
		this.output.on('close', this.#lost);
		this.#keyboard = new KeyboardInput(parts.keys, parts.clock, {
			token: parts.onToken,
			lost: this.#lost,
		});
	}

	/** Takes the terminal: raw mode, bracketed paste, no autowrap; then what was drawn before comes out. */
	take(): void {
		this.#isTaken = true;
		this.#parts.process.on('exit', this.#restoreAtExit);
		this.#parts.process.on('SIGTSTP', this.#parts.onStop);
		this.#keyboard.open();
		this.output.begin(prepare);
		this.#watchParent();
	}

	/** Gives it back to the shell, an editor or a pager; `take` takes it again. Ink must have left its screen. */
	giveBack(): void {
		if (!this.#isTaken) return;
		this.#isTaken = false;
		this.#cancelWatch();
		this.#parts.process.off('exit', this.#restoreAtExit);
		this.#parts.process.off('SIGTSTP', this.#parts.onStop);
		if (!this.#isLost) this.#keyboard.close();
		this.output.send(standDown);
	}

	/** Gives the terminal back, stops this job as the shell's `^Z` does, and takes it again when it goes on. */
	async stop(): Promise<void> {
		this.giveBack();
		await stopped(this.#parts);
		this.take();
	}

	/** Whoever started us restores the terminal if we cannot; without it we do not go on. */
	#watchParent(): void {
		this.#cancelWatch = this.#parts.clock.after(parentWatchMs, () => {
			if (this.#parts.process.ppid !== this.#parent) this.#parts.onLost();
			else this.#watchParent();
		});
	}

	readonly #lost = () => {
		if (this.#isLost) return;
		this.#isLost = true;
		this.#parts.onLost();
	};

	readonly #restoreAtExit = () => {
		try {
			writeSync(this.#parts.stdout.fd, restore);
		} catch {
			// The terminal is gone, and the process with it: there is nobody left to tell.
		}
	};
}

const parentWatchMs = 1000;
/** A job nobody could continue is not stopped by SIGTSTP: then it simply goes on. */
const stopsWithinMs = 100;

function stopped({ process, clock }: TerminalParts): Promise<void> {
	return new Promise((resolve) => {
		const goOn = () => {
			cancel();
			process.off('SIGCONT', goOn);
			resolve();
		};
		const cancel = clock.after(stopsWithinMs, goOn);
		process.on('SIGCONT', goOn);
		process.kill(0, 'SIGTSTP');
	});
}
