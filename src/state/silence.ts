import { durationOf } from '../core/duration.ts';
import { filterMistake } from './filter-text.ts';

/** A silence as it is typed: how long, then a filter: `2h host:web12 rule:"..."`. Undefined where it is none. */
export function silenceOf(
	text: string,
): { readonly filter: string; readonly forMs: number; readonly at: number } | undefined {
	const [, length = '', between = '', filter = ''] = /^(\S+)(\s+)(\S.*)$/s.exec(text.trim()) ?? [];
	const forMs = durationOf(length);
	if (forMs === undefined || forMs === 0) return undefined;
	return { filter, forMs, at: length.length + between.length };
}

/** What is wrong with a silence; `column` counts from 0. */
export function silenceMistake(
	text: string,
	now: number,
): { readonly text: string; readonly column?: number } | undefined {
	const silence = silenceOf(text);
	if (!silence) return { text: 'say how long and what: 2h host:web12' };
	const mistake = filterMistake(silence.filter, now);
	return mistake && { ...mistake, column: mistake.column + silence.at };
}
