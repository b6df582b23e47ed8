import type { Row } from '../core/session.ts';
import { notValue, onlyValue, partsOf, withoutPart, withPart } from '../filter/parts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { filterInForce } from '../state/slices/filter.ts';
import { command, onRow } from './command.ts';
import { pickedField, tiesOf } from './field-of.ts';

const contexts = ['events', 'detail'] as const;
const historyContexts = [...contexts, 'tags'] as const;

export const open = command({
	id: 'filter.open',
	title: 'Filter, with a preview',
	hint: 'filter',
	contexts: ['events', 'global'],
	run: (model) => [
		{ type: 'screen.chosen', screen: 'live' },
		{ type: 'prompt.opened', kind: 'filter', text: openText(model) },
	],
});

/** The filter in force, with room to go on typing. */
function openText({ filter }: Model): string {
	const text = filterInForce(filter);
	return text === '' ? '' : `${text} `;
}

export const only = command({
	id: 'filter.only',
	title: 'Only this value',
	hint: 'only',
	contexts,
	blocked: noField,
	run: (model) => byValue(model, onlyValue),
});

export const not = command({
	id: 'filter.not',
	title: 'Not this value',
	hint: 'not',
	contexts,
	blocked: noField,
	run: (model) => byValue(model, notValue),
});

function noField(model: Model): string | undefined {
	return pickedField(model) ? undefined : 'there is no single value here to filter by';
}

function byValue(model: Model, part: (key: string, value: string) => string): readonly Message[] {
	const field = pickedField(model);
	return field ? added(model, part(field.key, field.value)) : [];
}

/** The filter in force and this part too. */
function added({ filter, now }: Model, part: string): readonly Message[] {
	return [{ type: 'filter.changed', text: withPart(filterInForce(filter), part, now) }];
}

export const drop = command({
	id: 'filter.drop',
	title: 'Drop the last chip',
	contexts,
	blocked: ({ filter }) => {
		if (filter.isOff) return 'the filter is off';
		return filter.text === '' ? 'no filter is set' : undefined;
	},
	run: ({ filter }) => [
		{ type: 'filter.changed', text: withoutPart(filter.text, partsOf(filter.text).length - 1) },
	],
});

export const toggle = command({
	id: 'filter.toggle',
	title: 'All chips off, or on',
	hint: 'off/on',
	contexts,
	blocked: (model) => (isBare(model) ? 'no filter is set' : undefined),
	run: () => [{ type: 'filter.toggled' }],
});

function isBare({ filter, marks }: Model): boolean {
	return filter.text === '' && !marks.some(({ kind }) => kind === 'silence');
}

export const back = command({
	id: 'filter.back',
	title: 'The filter before',
	contexts: historyContexts,
	blocked: ({ filter }) => (filter.back.length === 0 ? 'there is no filter before' : undefined),
	run: () => [{ type: 'filter.went', to: 'back' }],
});

export const forth = command({
	id: 'filter.forth',
	title: 'The filter after',
	contexts: historyContexts,
	blocked: ({ filter }) => (filter.forth.length === 0 ? 'there is no filter after' : undefined),
	run: () => [{ type: 'filter.went', to: 'forth' }],
});

/** The thresholds `<` and `>` step through, the last the strictest; the first asks for none. */
const thresholds = ['', 'sev>=info', 'sev>=notice', 'sev>=warn', 'sev>=err', 'sev>=crit'] as const;

export const stricter = command({
	id: 'severity.up',
	title: 'Only what is more severe',
	contexts,
	blocked: (model) => noThreshold(model, 1),
	run: (model) => toThreshold(model, 1),
});

export const laxer = command({
	id: 'severity.down',
	title: 'Also what is less severe',
	contexts,
	blocked: (model) => noThreshold(model, -1),
	run: (model) => toThreshold(model, -1),
});

function noThreshold({ filter }: Model, by: 1 | -1): string | undefined {
	const parts = partsOf(filterInForce(filter));
	if (parts.some(({ reads }) => reads === 'CEL'))
		return 'the filter is CEL: type the severity into it';
	if (thresholds[thresholdAt(filterInForce(filter)) + by] !== undefined) return undefined;
	return by > 0 ? 'only crit and worse are shown already' : 'every severity is shown already';
}

function toThreshold({ filter, now }: Model, by: 1 | -1): readonly Message[] {
	const text = filterInForce(filter);
	const at = thresholdAt(text);
	const index = partsOf(text).findIndex((part) => part.text === thresholds[at]);
	const without = index < 0 ? text : withoutPart(text, index);
	const next = thresholds[at + by];
	return [{ type: 'filter.changed', text: next ? withPart(without, next, now) : without }];
}

function thresholdAt(text: string): number {
	const parts = new Set(partsOf(text).map((part) => part.text));
	return Math.max(
		0,
		thresholds.findLastIndex((threshold) => parts.has(threshold)),
	);
}

export const related = onRow({
	id: 'filter.related',
	title: 'Only the same job, host…',
	blocked: (row, model) =>
		nextTie(row, model) ? undefined : 'nothing more relates this event to others',
	run: (row, model) => {
		const part = nextTie(row, model);
		return part === undefined ? [] : added(model, part);
	},
});

/** The closest tie the filter does not ask for yet. */
function nextTie(row: Row, { filter }: Model): string | undefined {
	const asked = new Set(partsOf(filterInForce(filter)).map(({ text }) => text));
	return tiesOf(row)
		.map(({ key, value }) => onlyValue(key, value))
		.find((part) => !asked.has(part));
}
