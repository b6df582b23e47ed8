import { fstatSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** What a verb may touch of the process: its streams and its environment. */
export type Io = {
	readonly stdin: Readable & { readonly isTTY?: boolean };
	readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
	readonly stderr: Writable & { readonly isTTY?: boolean };
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Aborts when the process is asked to end: SIGINT, SIGTERM, SIGHUP. */
	readonly stop: AbortSignal;
};

/** Options every verb understands. */
export type GlobalOptions = {
	/** `-s [NAME=]KIND:REST`, in the order given. */
	readonly source?: readonly string[];
	readonly profile?: string;
	readonly config?: string;
	readonly readOnly?: boolean;
	/** False with `--no-color` or NO_COLOR. */
	readonly color?: boolean;
	readonly ascii?: boolean;
	readonly quiet?: boolean;
	/** Nothing but what the filter of the command line matches is kept at all. */
	readonly only?: boolean;
};

/** A verb's code, imported when it is called. `words` are its arguments; resolves with the exit code. */
export type Verb<Options = Record<string, unknown>> = {
	run(words: readonly string[], options: GlobalOptions & Options, io: Io): Promise<number>;
};

/** Whether stdin is a pipe, a file or a socket that somebody put there, and not a terminal or nothing. */
export function isPiped(stdin: Io['stdin']): boolean {
	if (stdin.isTTY || !('fd' in stdin) || typeof stdin.fd !== 'number') return false;
	try {
		const stats = fstatSync(stdin.fd);
		return stats.isFIFO() || stats.isFile() || stats.isSocket();
	} catch {
		// A closed stdin is none: a daemon's child may have no descriptor 0 at all.
		return false;
	}
}
