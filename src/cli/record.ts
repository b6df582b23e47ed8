import { startRecording } from '../../connectors/replay/recorder.ts';
import type { Recorded } from '../../connectors/replay/recording.ts';
import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { ownFormat } from '../core/format.ts';
import { safeText } from '../core/safe-text.ts';
import type { Engine } from '../engine/engine.ts';
import { Feed } from '../engine/feed.ts';
import { compileFilter } from '../filter/compile.ts';
import type { Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import { engineFor } from './engine-for.ts';
import type { GlobalOptions, Io } from './io.ts';
import { exitOf, linkNews, linkWords } from './link-news.ts';
import { plan } from './plan.ts';
import { wantedBy } from './wanted.ts';

/** Writes what comes into a file until it is stopped or the sources end. Secrets a format knows of are redacted. */
export async function run(
	[path, ...words]: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	if (path === undefined) throw new Failure('usage', 'record: names no file');
	const filter = compileFilter(words.join(' '), systemClock.now());
	const engine = engineFor(await plan(wantedBy(options, io)));
	const recorder = await startRecording(path, BigInt(Math.round(systemClock.now())) * 1_000_000n);
	const matcher = new Matcher(engine.log, filter.criterion, filter.forGaps, engine.decoder.decode);
	const feed = new Feed(engine.log, matcher);
	const tellLinks = linkNews(engine, (source) => {
		if (!options.quiet) io.stderr.write(linkWords(source));
	});
	let rows = 0;
	const take = () => {
		tellLinks();
		do {
			for (const place of feed.take(1024)) {
				recorder.write(recordedOf(engine, place));
				rows++;
			}
		} while (!feed.isDrained);
	};
	engine.onChange = take;
	engine.start();
	await Promise.race([engine.ended, aborted(io.stop), recorder.done]);
	await engine.stop();
	take();
	await recorder.close();
	if (!options.quiet)
		io.stderr.write(`${safeText(path)}: ${rows} rows; look: eventctl replay ${safeText(path)}\n`);
	return exitOf(engine);
}

function aborted(stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
}

/** A row as a recording keeps it. A tag that a format made is left out: the format will make it again. */
function recordedOf({ log, decoder }: Engine, { slab, row }: Place): Recorded {
	const at = slab.arrived(row);
	const source = log.sources.name(slab.sources[row] ?? 0);
	const format = log.formats.name(slab.formats[row] ?? 0);
	const body = decoder.bytes(slab, row);
	if (format === ownFormat) {
		const shown = decoder.row(slab, row);
		if (shown.kind === 'gap') return { at, source, format: '', kind: 'gap', gap: shown.gap };
		return { at, source, format: '', kind: 'broken', body, reason: decoder.tag(slab, row) };
	}
	const tag = slab.isTransportTag(row) ? slab.tag(row) : Buffer.alloc(0);
	return { at, source, format, kind: 'event', tag, body };
}
