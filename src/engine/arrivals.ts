import type { Engine } from './engine.ts';
import { Feed } from './feed.ts';
import { matcherFor } from './sight.ts';

/** An event, decoded and redacted. */
export type Arrived = { readonly source: string; readonly tag: string; readonly data: unknown };

const batchRows = 256;

/** Events that match the filter and come after this call, until `stop` aborts. */
export function arrivals(
	engine: Engine,
	filter: string,
	stop: AbortSignal,
): AsyncIterable<Arrived> {
	engine.start();
	const { log } = engine;
	const feed = new Feed(log, matcherFor(engine, filter, 0), log.next);
	return read(engine, feed, stop);
}

async function* read(engine: Engine, feed: Feed, stop: AbortSignal): AsyncIterable<Arrived> {
	while (!stop.aborted) {
		for (const { slab, row } of feed.take(batchRows)) {
			const event = engine.decoder.decode(slab, row);
			if (event) yield { source: event.source, tag: event.tag, data: event.data };
		}
		if (feed.isDrained) await engine.change(stop);
	}
}
