import type { EventRow, Row } from '../core/session.ts';
import { severityNames } from '../core/severity.ts';
import { type FactKey, isFactKey, knownKeys } from '../filter/known-keys.ts';
import { onlyValue } from '../filter/parts.ts';
import { promptOf, topOverlay } from './contexts.ts';
import type { Field } from './field.ts';
import type { Model } from './model.ts';
import { paletteChoices, viewChoices } from './palette.ts';
import type { Completion, Prompt } from './prompt-state.ts';

type Continuation = { readonly text: string; readonly label: string; readonly seen?: number };

/** How the word at the cursor of a filter may go on, the most seen first; nothing where no word is begun. */
export function completionsAt(model: Model, prompt: Prompt): readonly Completion[] {
	const { kind, field } = prompt;
	if (kind === 'palette') return paletteChoices(model.offers, field.text);
	if (kind === 'view') return viewChoices(model.views, field.text);
	if (kind !== 'filter' && kind !== 'find') return [];
	const word = wordAt(field);
	if (word.text === '' || field.cursor < field.text.length) return [];
	const offers = word.key === undefined ? keyOffers(word.text) : valueOffers(model, prompt, word);
	return offers
		.filter(({ text }) => text !== word.text)
		.slice(0, 8)
		.map((offer) => taking(field, word.start, offer));
}

/** What begins the tag that is being typed, where the engine's tags would help. */
export function tagPrefixAt(model: Model): string | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'fire') return model.fire.at === 'tag' ? model.fire.tag.text : undefined;
	const prompt = promptOf(model);
	if (prompt?.kind !== 'filter') return undefined;
	const word = wordAt(prompt.field);
	return word.key === 'tag' && !/[*?[]/.test(word.value) ? word.value : undefined;
}

/** Completions out of the tags the engine answered with. */
export function tagCompletions(
	field: Field,
	tags: readonly { readonly tag: string; readonly seen: number }[],
): readonly Completion[] {
	const { start } = wordAt(field);
	return tags
		.slice(0, 8)
		.map(({ tag, seen }) =>
			taking(field, start, { text: onlyValue('tag', tag), label: tag, seen }),
		);
}

type Word = {
	readonly start: number;
	/** Without a leading `-`. */
	readonly text: string;
	readonly key?: string;
	readonly value: string;
};

/** The word before the cursor, as far as it is a field's key and value. */
function wordAt({ text, cursor }: Field): Word {
	const raw = /[^\s()]*$/.exec(text.slice(0, cursor))?.[0] ?? '';
	const word = raw.replace(/^[-!]/, '');
	const start = cursor - word.length;
	const [, key, value = ''] = /^([\w.]+)(?::|[<>!]?=|[<>])"?(.*)$/s.exec(word) ?? [];
	return { start, text: word, value, ...(key !== undefined && { key }) };
}

function taking(field: Field, start: number, { text, label, seen }: Continuation): Completion {
	const before = field.text.slice(0, start) + text;
	const whole = before + field.text.slice(field.cursor);
	return { text: whole, cursor: before.length, label, ...(seen !== undefined && { seen }) };
}

function keyOffers(begun: string): readonly Continuation[] {
	return knownKeys
		.filter(({ key }) => key.startsWith(begun))
		.map(({ key, explains }) => ({ text: `${key}${key === 'sev' ? '>=' : ':'}`, label: explains }));
}

function valueOffers(
	{ counts }: Model,
	{ rowsBefore }: Prompt,
	{ key = '', value }: Word,
): readonly Continuation[] {
	if (key === 'sev') {
		const names = severityNames.filter((name) => name.startsWith(value));
		return names.map((name) => ({ text: `sev>=${name}`, label: name }));
	}
	const all = key === 'src' ? received(counts) : valuesOf(rowsBefore, key);
	const seen = [...all].filter(([name]) => name.startsWith(value));
	return seen
		.sort(([, a], [, b]) => b - a)
		.map(([name, count]) => ({ text: onlyValue(key, name), label: name, seen: count }));
}

function received(counts: Model['counts']): ReadonlyMap<string, number> {
	return new Map(counts?.sources.map(({ name, received }) => [name, received]));
}

/** The values of a key and how often each was on the screen. */
function valuesOf(rows: readonly Row[], key: string): ReadonlyMap<string, number> {
	const seen = new Map<string, number>();
	for (const row of rows) {
		const value = row.kind === 'event' ? valueIn(row, key) : undefined;
		if (value !== undefined) seen.set(value, (seen.get(value) ?? 0) + 1);
	}
	return seen;
}

function valueIn(row: EventRow, key: string): string | undefined {
	if (key === 'format') return row.format;
	const name: FactKey | 'host' | undefined = key === 'host' || isFactKey(key) ? key : undefined;
	return name && row.facts[name]?.toString();
}
