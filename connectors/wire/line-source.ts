import { fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure, reasonOf, systemCode } from '../../src/core/errors.ts';
import { readCommand } from './command.ts';
import { openReading, type Place } from './file-reading.ts';
import { followFile } from './follow.ts';
import type { LineCutter } from './ndjson.ts';
import { readFifo, readPipe, readRest } from './pipe.ts';
import { whyUnreadable } from './unreadable.ts';

const stdin = 0;
const retryMs = 2000;
const slowestRestartMs = 30_000;
/** A command that lived this long had started well: the next restart is a first one. */
const steadyMs = 60_000;

/** Where lines come from. */
export type LineSource =
	| {
			readonly way: 'path';
			readonly path: string;
			readonly from: 'start' | 'end';
			readonly follow: boolean;
			/** Where reading stopped: a source that is opened again goes on there. */
			readonly bookmark: { place: Place | undefined };
	  }
	| { readonly way: 'stdin' }
	| {
			readonly way: 'command';
			readonly argv: readonly string[];
			/** Whether it is started again after it failed. */
			readonly restart: boolean;
	  };

type PathSource = Extract<LineSource, { way: 'path' }>;
type CommandSource = Extract<LineSource, { way: 'command' }>;

export type LineReader = {
	readonly lines: LineCutter;
	readonly sink: Sink;
	readonly clock: Clock;
};

/** Reads lines until `stop`, or until no more can come, and keeps the sink told. Throws a Failure where it cannot begin. */
export function readLines(
	source: LineSource,
	reader: LineReader,
	stop: AbortSignal,
): Promise<void> {
	if (source.way === 'stdin') return readStdin(reader, stop);
	if (source.way === 'command') return readCommands(source, reader, stop);
	return readPath(source, reader, stop);
}

async function readStdin({ lines, sink }: LineReader, stop: AbortSignal): Promise<void> {
	if (isatty(stdin)) throw new Failure('usage', 'standard input is a terminal: pipe lines into it');
	sink.link({ kind: 'live' });
	const stats = stdinStats();
	const isStream = stats.isFIFO() || stats.isSocket();
	await (isStream ? readPipe(stdin, lines, stop) : readRest(stdin, lines, stop));
	lines.end('standard input ended within this line');
	if (!stop.aborted) sink.link({ kind: 'down', reason: 'standard input was read to its end' });
}

function stdinStats() {
	try {
		return fstatSync(stdin);
	} catch (cause) {
		throw new Failure('usage', 'standard input is closed: it can be read once only', { cause });
	}
}

async function readPath(source: PathSource, reader: LineReader, stop: AbortSignal): Promise<void> {
	const { path, from, bookmark } = source;
	while (!stop.aborted) {
		if (await isFifo(path)) await followFifo(path, reader, stop);
		else if (!source.follow) return readOnce(source, reader, stop);
		else {
			const following = { path, from, place: bookmark.place, ...reader };
			bookmark.place = await followFile(following, stop);
		}
	}
}

/** What cannot be looked at is no FIFO: reading it will say why. */
async function isFifo(path: string): Promise<boolean> {
	try {
		return (await stat(path)).isFIFO();
	} catch {
		return false;
	}
}

async function followFifo(
	path: string,
	{ lines, sink, clock }: LineReader,
	stop: AbortSignal,
): Promise<void> {
	try {
		await readFifo(path, lines, () => sink.link({ kind: 'live' }), stop);
	} catch (thrown) {
		const reason = whyUnreadable(path, thrown);
		sink.link({ kind: 'waiting', retryAt: clock.now() + retryMs, reason });
		await pause(clock, retryMs, stop);
	}
}

async function readOnce(
	{ path, bookmark }: PathSource,
	{ lines, sink, clock }: LineReader,
	stop: AbortSignal,
): Promise<void> {
	const reading = await openReading(path).catch((cause) => {
		throw new Failure('unreachable', whyUnreadable(path, cause), { cause });
	});
	try {
		if (bookmark.place) await reading.goOn(bookmark.place);
		sink.link({ kind: 'live' });
		await reading.toEnd(lines, stop);
		bookmark.place = reading.place(lines.held, clock.now());
		if (stop.aborted) return;
		lines.end('the file ends within this line');
		sink.link({ kind: 'down', reason: 'read to its end' });
	} finally {
		await reading.close();
	}
}

async function readCommands(
	{ argv, restart }: CommandSource,
	reader: LineReader,
	stop: AbortSignal,
): Promise<void> {
	const { sink, clock } = reader;
	for (let attempt = 1; ; attempt++) {
		const startedAt = clock.now();
		sink.link({ kind: 'live' });
		const ending = await run(argv, reader, stop);
		if (stop.aborted) return;
		if (ending.isWell || !restart) return sink.link({ kind: 'down', reason: ending.says });
		const endedAt = clock.now();
		if (endedAt - startedAt > steadyMs) attempt = 1;
		const delay = Math.min(500 * 2 ** attempt, slowestRestartMs);
		sink.link({ kind: 'waiting', retryAt: endedAt + delay, reason: ending.says, attempt });
		await pause(clock, delay, stop);
		sink.gap({ from: endedAt, to: clock.now(), cause: ending.says });
	}
}

async function run(argv: readonly string[], { lines, clock }: LineReader, stop: AbortSignal) {
	try {
		const ending = await readCommand(argv, lines, clock, stop);
		lines.end('the command ended within this line');
		return ending;
	} catch (cause) {
		const why = systemCode(cause) === 'ENOENT' ? 'no such program' : reasonOf(cause);
		throw new Failure('unreachable', `cannot start ${argv[0]}: ${why}`, { cause });
	}
}
