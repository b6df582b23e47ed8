import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { Feed } from '../engine/feed.ts';
import { compileFilter } from '../filter/compile.ts';
import { Matcher } from '../log/matcher.ts';
import { Backtest } from '../rules/backtest.ts';
import type { Book } from '../rules/rule-book.ts';
import { engineFor } from './engine-for.ts';
import type { GlobalOptions, Io } from './io.ts';
import { plan } from './plan.ts';
import { wantedBy } from './wanted.ts';

/** A live source has no end: so much silence is one. */
const silenceMs = 300;

/**
 * A rule over a recording, or over what the sources hold since then. Throws a Failure where neither is named: a bus
 * tells nothing of the past unless it is asked since when.
 */
export async function backtested(
	book: Book,
	rule: string,
	options: GlobalOptions & { readonly since?: string; readonly replay?: string },
	io: Io,
): Promise<ReturnType<Backtest['result']>> {
	const { since, replay } = options;
	if (since === undefined && replay === undefined) {
		throw new Failure('usage', 'rules backtest: needs --since, or --replay with a recording');
	}
	const backtest = Backtest.of(book, rule);
	if (!backtest) throw new Failure('usage', `there is no rule ${rule}`);
	const source = replay === undefined ? options.source : [`replay:${replay}?speed=max`];
	const engine = engineFor(await plan(wantedBy({ ...options, ...(source && { source }) }, io)));
	const filter = compileFilter(since === undefined ? '' : `since:${since}`, systemClock.now());
	const matcher = new Matcher(engine.log, filter.criterion, filter.forGaps, engine.decoder.decode);
	const feed = new Feed(engine.log, matcher);
	const look = () => {
		do {
			for (const { slab, row } of feed.take(1024)) {
				const event = engine.decoder.decode(slab, row);
				if (event) backtest.look(slab.first + row, event, Number(slab.arrived(row) / 1_000_000n));
			}
		} while (!feed.isDrained);
	};
	try {
		await quiet(engine, look, io.stop);
		look();
		if (engine.failures[0] !== undefined && replay !== undefined) throw engine.failures[0];
		return backtest.result();
	} finally {
		await engine.stop();
	}
}

/** Resolves when all sources have ended, or nothing more comes; `look` is called whenever something did. */
function quiet(engine: Engine, look: () => void, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		let cancel = () => {};
		const listen = () => {
			cancel();
			if (engine.isSettled) cancel = systemClock.after(silenceMs, resolve);
		};
		engine.onChange = () => {
			look();
			listen();
		};
		stop.addEventListener('abort', () => resolve(), { once: true });
		engine.start();
		void engine.ended.then(resolve);
	});
}
