import { type Choice, withChoice, withoutKey } from '../filter/choose.ts';
import { partsOf } from '../filter/parts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { filterInForce } from '../state/slices/filter.ts';
import { tagLineHere } from '../state/tag-lines.ts';
import { command } from './command.ts';

const contexts = ['tags'] as const;

export const toggle = command({
	id: 'tags.toggle',
	title: 'Tag tree and facets, or off',
	hint: 'tags',
	contexts: ['events', 'tags'],
	run: () => [{ type: 'tags.toggled' }],
});

export const only = command({
	id: 'tags.only',
	title: 'Only this (and others chosen), or any',
	hint: 'only/any',
	contexts,
	blocked: whyNoChoice,
	run: (model) => chosenSo(model, 'only'),
});

export const not = command({
	id: 'tags.not',
	title: 'Not this, or any',
	hint: 'not',
	contexts,
	blocked: whyNoChoice,
	run: (model) => chosenSo(model, 'not'),
});

export const just = command({
	id: 'tags.just',
	title: 'Only this of its kind',
	hint: 'only this',
	contexts,
	blocked: whyNoChoice,
	run: (model) => {
		const chosen = tagLineHere(model)?.chosen;
		if (!chosen) return [];
		const rest = withoutKey(filterInForce(model.filter), chosen.key);
		return [{ type: 'filter.changed', text: withChoice(rest, chosen, 'only') }];
	},
});

export const nextFacet = command({
	id: 'facet.next',
	title: 'The next facet',
	hint: 'facet',
	contexts,
	run: () => [{ type: 'facet.stepped', by: 1 }],
});

export const previousFacet = command({
	id: 'facet.previous',
	title: 'The facet before',
	contexts,
	run: () => [{ type: 'facet.stepped', by: -1 }],
});

function whyNoChoice(model: Model): string | undefined {
	if (!tagLineHere(model)?.chosen) return 'this line is nothing to filter by';
	const parts = partsOf(filterInForce(model.filter));
	return parts.some(({ reads }) => reads === 'CEL')
		? 'the filter is CEL: type the choice into it'
		: undefined;
}

/** The same choice a second time takes it back. */
function chosenSo(model: Model, choice: Exclude<Choice, 'any'>): readonly Message[] {
	const line = tagLineHere(model);
	if (!line?.chosen) return [];
	const next = line.choice === choice ? 'any' : choice;
	const text = withChoice(filterInForce(model.filter), line.chosen, next);
	return [{ type: 'filter.changed', text }];
}
