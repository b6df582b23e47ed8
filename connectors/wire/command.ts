import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Clock } from '../../src/core/clock.ts';
import type { LineCutter } from './ndjson.ts';

type Child = ChildProcessByStdio<null, Readable, Readable>;

const lastWords = 1024;
const graceMs = 5000;

/** How a command ended; `isWell` where its exit status was 0. */
export type Ending = { readonly isWell: boolean; readonly says: string };

/**
 * Runs a program without a shell and reads its standard output until it ends or `stop` aborts.
 * On `stop` its process group gets SIGTERM, and SIGKILL 5 s later. Throws where the program cannot be started.
 */
export async function readCommand(
	argv: readonly string[],
	lines: LineCutter,
	clock: Clock,
	stop: AbortSignal,
): Promise<Ending> {
	const [program = '', ...rest] = argv;
	const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	const stderr = new Tail(lastWords);
	child.stdout.on('data', (bytes: Buffer) => lines.push(bytes));
	child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
	const unstop = endOnStop(child, clock, stop);
	try {
		const [code, signal] = await once(child, 'close');
		return { isWell: code === 0, says: ending(program, code, signal, stderr.lastLine()) };
	} finally {
		unstop();
	}
}

function endOnStop(child: Child, clock: Clock, stop: AbortSignal): () => void {
	let forget = () => {};
	const end = () => {
		signalGroup(child, 'SIGTERM');
		forget = clock.after(graceMs, () => kill(child));
	};
	stop.addEventListener('abort', end, { once: true });
	if (stop.aborted) end();
	return () => {
		forget();
		stop.removeEventListener('abort', end);
	};
}

/** A process that left the group may still hold the pipes: we let go of them. */
function kill(child: Child): void {
	signalGroup(child, 'SIGKILL');
	child.stdout.destroy();
	child.stderr.destroy();
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has ended by itself, which is what was wanted.
	}
}

function ending(program: string, code: unknown, signal: unknown, words: string): string {
	const how = signal ? `was ended by ${signal}` : `ended with status ${code}`;
	return `${program} ${how}${words && `: ${words}`}`;
}

/** The last bytes of a stream. */
class Tail {
	readonly #limit: number;
	#bytes = Buffer.alloc(0);

	constructor(limit: number) {
		this.#limit = limit;
	}

	push(bytes: Buffer): void {
		this.#bytes = Buffer.concat([this.#bytes, bytes]).subarray(-this.#limit);
	}

	lastLine(): string {
		return this.#bytes.toString('utf8').trim().split('\n').at(-1) ?? '';
	}
}
