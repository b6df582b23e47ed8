import { once } from 'node:events';
import { systemClock } from '../core/clock.ts';
import { durationMs } from '../core/duration.ts';
import { Failure } from '../core/errors.ts';
import { rowKind } from '../core/format.ts';
import type { Engine } from '../engine/engine.ts';
import { Feed } from '../engine/feed.ts';
import { compileFilter } from '../filter/compile.ts';
import type { Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import { engineFor } from './engine-for.ts';
import { filterOf, limitOf, saltWords } from './filter-words.ts';
import type { GlobalOptions, Io } from './io.ts';
import { droppedLine, lineOf, linkLine, type Output, outputOf } from './lines.ts';
import { exitOf, linkNews, linkWords } from './link-news.ts';
import { plan } from './plan.ts';
import { wantedBy } from './wanted.ts';

export type EventsOptions = {
	readonly output?: string;
	readonly number?: string;
	readonly since?: string;
	readonly until?: string;
	readonly timeout?: string;
	/** False with `--no-follow`. */
	readonly follow?: boolean;
	readonly count?: boolean;
	readonly links?: boolean;
};

const timedOut = 124;
/** A live bus has no end: without following, this much silence is one. */
const silenceMs = 300;
/** Rows written between two looks at the signals. */
const batchRows = 1024;

export async function run(
	given: readonly string[],
	asked: GlobalOptions & EventsOptions,
	io: Io,
): Promise<number> {
	const { words, ...said } = saltWords(given);
	const options = { ...said, ...asked };
	const output = outputOf(options.output);
	if (output === 'raw' && io.stdout.isTTY) {
		throw new Failure('usage', '-o raw: writes bytes as they came, and not to a terminal: pipe it');
	}
	const filter = compileFilter(filterOf(words, options), systemClock.now());
	const only = options.only ? filter.criterion : undefined;
	const engine = engineFor(await plan(wantedBy(options, io)), only);
	const matcher = new Matcher(engine.log, filter.criterion, filter.forGaps, engine.decoder.decode);
	const ending = endingOf(engine, options, io.stop);
	engine.start();
	try {
		await write(engine, new Feed(engine.log, matcher), { ...options, output, ending, io });
		return ending.code();
	} finally {
		ending.cancel();
		await engine.stop();
	}
}

type Ending = {
	/** Nothing more is to be written than what has come. */
	isOver(): boolean;
	/** Whoever asked to end does not wait for the rest. */
	isCut(): boolean;
	code(): number;
	/** Resolves when rows came or an end was reached. */
	change(): Promise<void>;
	cancel(): void;
};

/** What ends the output: a signal, a timeout, the end of all sources, or silence where nobody wants to follow. */
function endingOf(engine: Engine, options: EventsOptions, stop: AbortSignal): Ending {
	let isOver = false;
	let isCut = false;
	let code = 0;
	let wake = () => {};
	const end = (how: { isCut: boolean; code: number }) => {
		isOver = true;
		isCut ||= how.isCut;
		code ||= how.code;
		wake();
	};
	const after = (text: string | undefined, then: () => void) =>
		text === undefined ? () => {} : systemClock.after(durationMs(text), then);
	const cancelTimeout = after(options.timeout, () => end({ isCut: true, code: timedOut }));
	const onStop = () => end({ isCut: true, code: 0 });
	stop.addEventListener('abort', onStop, { once: true });
	let cancelSilence = () => {};
	const listen = () => {
		cancelSilence();
		if (options.follow !== false || !engine.isSettled) return;
		cancelSilence = systemClock.after(silenceMs, () => end({ isCut: false, code: exitOf(engine) }));
	};
	engine.onChange = () => {
		listen();
		wake();
	};
	setImmediate(() => engine.ended.then(() => end({ isCut: false, code: exitOf(engine) })));
	return {
		isOver: () => isOver,
		isCut: () => isCut,
		code: () => code,
		change: () => new Promise((resolve) => (wake = resolve)),
		cancel() {
			cancelTimeout();
			cancelSilence();
			stop.removeEventListener('abort', onStop);
		},
	};
}

type Writing = EventsOptions & {
	readonly output: Output;
	readonly quiet?: boolean;
	readonly ending: Ending;
	readonly io: Io;
};

/** Writes matching rows as they come, at the pace of whoever reads them. */
async function write(engine: Engine, feed: Feed, writing: Writing): Promise<void> {
	const { output, ending, io } = writing;
	const limit = limitOf(writing.number);
	const tellLinks = linkTeller(engine, writing);
	let events = 0;
	while (events < limit && !ending.isCut()) {
		let text = tellLinks();
		const lost = feed.lost();
		if (lost > 0) text += droppedLine(lost, output);
		for (const place of feed.take(Math.min(batchRows, limit - events))) {
			if (isEvent(place)) events++;
			if (writing.count) continue;
			const line = lineOf(engine, place, output);
			if (typeof line === 'string') text += line;
			else await put(io.stdout, line);
		}
		if (text) await put(io.stdout, text);
		if (!feed.isDrained) await turn();
		else if (ending.isOver()) break;
		else if (events < limit) await ending.change();
	}
	if (writing.count) await put(io.stdout, `${events}\n`);
}

function isEvent({ slab, row }: Place): boolean {
	const kind = slab.kind(row);
	return kind === rowKind.event || kind === rowKind.sensor;
}

/** Lines for the links that changed since the last call: into the output with `--links`, else words on stderr. */
function linkTeller(engine: Engine, { links, quiet, output, io }: Writing): () => string {
	let text = '';
	const look = linkNews(engine, (source) => {
		if (links) text += linkLine(source, output);
		else if (!quiet) io.stderr.write(linkWords(source));
	});
	return () => {
		text = '';
		look();
		return text;
	};
}

/** Resolves when the reader took it; never, where the reader is gone: then the process ends by SIGPIPE. */
async function put(stdout: Io['stdout'], chunk: string | Uint8Array): Promise<void> {
	if (!stdout.write(chunk)) await once(stdout, 'drain');
}

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
