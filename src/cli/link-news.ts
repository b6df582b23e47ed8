import { Failure, failures } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import type { Engine } from '../engine/engine.ts';
import { wordsOf } from './link-words.ts';

type Source = ReturnType<Engine['counts']>['sources'][number];

/** Calls `tell` for each source whose link has changed since the last call. */
export function linkNews(engine: Engine, tell: (source: Source) => void): () => void {
	const told = new Map<string, string>();
	return () => {
		for (const source of engine.counts().sources) {
			// How far behind it is would be a line a moment: that it is behind is said once.
			const { kind } = source.link;
			const news = kind === 'catching-up' ? kind : wordsOf(source.link);
			if (told.get(source.name) === news) continue;
			told.set(source.name, news);
			tell(source);
		}
	};
}

/** A source and its link as a line for people. */
export function linkWords({ name, link }: Source): string {
	return `${safeText(name)}: ${safeText(wordsOf(link))}\n`;
}

/** The exit code of who reads the sources to their end: one that ended with an error, or was not there, has not shown all. */
export function exitOf(engine: Engine): number {
	const failure = engine.failures[0];
	if (failure instanceof Failure) return failures[failure.code].exit;
	if (failure) return 1;
	return engine.reasons.length > 0 ? failures.unreachable.exit : 0;
}
