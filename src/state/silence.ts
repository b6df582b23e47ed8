import { durationOf } from '../core/duration.ts';
import { withPart } from '../filter/parts.ts';
import { filterMistake } from './filter-text.ts';
import type { Model } from './model.ts';
import { filterInForce } from './slices/filter.ts';

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

/** The filters of what is silenced, the newest first; the engine takes away what is over. */
function silenced({ marks }: Model): readonly string[] {
	return marks
		.filter(({ kind }) => kind === 'silence')
		.toSorted((a, b) => b.at.localeCompare(a.at))
		.map(({ text }) => text);
}

/** The silences that hide rows now: none where all filters are set aside. */
export function silencesInForce(model: Model): readonly string[] {
	if (model.filter.isOff) return [];
	return silenced(model).filter((text) => filterMistake(withoutIt(text), model.now) === undefined);
}

/** What a view of the log lets through: the filter in force without what is silenced. */
export function viewFilter(model: Model): string {
	const text = filterInForce(model.filter);
	const silences = silencesInForce(model);
	if (silences.length === 0 || filterMistake(text, model.now)) return text;
	return silences.reduce((sum, silence) => withPart(sum, withoutIt(silence), model.now), text);
}

function withoutIt(text: string): string {
	const cel = /^\s*=(.*)$/s.exec(text)?.[1];
	return cel === undefined ? `-(${text})` : `= !(${cel})`;
}
