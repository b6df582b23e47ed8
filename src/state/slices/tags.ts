import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { requested } from '../request.ts';
import { facetsInOrderOf, inOrderOf } from '../settled-order.ts';
import { viewFilter } from '../silence.ts';
import { type TagLine, tagLineHere, tagLines } from '../tag-lines.ts';
import type { TagsState } from '../tags-state.ts';

/** Counts this old are asked for anew while somebody looks at them, and never so often that counting is all that is done. */
const staleMs = 3000;
const restFactor = 5;

/** The tag tree and the facets, and where the hand is among them. */
export function tags(model: Model, message: Message): Model {
	switch (message.type) {
		case 'tags.toggled':
			return toggled(model);
		case 'facets':
			return message.id === model.tags.request ? answered(model, message) : model;
		case 'tag.folded':
			return folded(model, message.isFolded);
		case 'facet.stepped':
			return standing(model, facetBeside(model, message.by));
		default:
			return focusOf(model) === 'tags' ? moved(model, message) : model;
	}
}

/** Whoever looks at counts sees those of the filter as it is, and not long ago. */
export function surveyed(before: Model, after: Model): Model {
	const { isOpen, request, askedAt, tookMs } = after.tags;
	if (!isOpen) return after;
	const filter = viewFilter(after);
	const isNew = !before.tags.isOpen || filter !== viewFilter(before);
	const rest = Math.max(staleMs, tookMs * restFactor);
	const isStale = request === undefined && after.now - askedAt >= rest;
	if (!isNew && !isStale) return after;
	const asked = requested(after, (id) => ({ type: 'facets.wanted', id, filter }));
	return withTags(asked, { request: asked.requests, askedAt: after.now });
}

function withTags(model: Model, change: Partial<TagsState>): Model {
	return { ...model, tags: { ...model.tags, ...change } };
}

/** It opens with the hand in it; where it is open already the hand goes there first. */
function toggled(model: Model): Model {
	const isClosing = model.tags.isOpen && model.pane === 'tags';
	const opened = withTags(model, { isOpen: !isClosing });
	const fresh = model.tags.isOpen ? opened : withTags(opened, { tags: [], facets: [] });
	return { ...fresh, screen: 'live', pane: isClosing ? 'list' : 'tags' };
}

function answered(model: Model, { tags, facets }: Extract<Message, { type: 'facets' }>): Model {
	const { request: _, ...rest } = model.tags;
	const settled = {
		tags: inOrderOf(rest.tags, tags),
		facets: facetsInOrderOf(rest.facets, facets),
	};
	const tookMs = model.now - rest.askedAt;
	return { ...model, tags: { ...rest, ...settled, tookMs } };
}

function folded(model: Model, isFolded: boolean): Model {
	const here = tagLineHere(model);
	if (here?.isFolded === undefined) return model;
	return withTags(model, { folds: new Map(model.tags.folds).set(here.name, isFolded) });
}

function moved(model: Model, message: Message): Model {
	const all = linesOf(model);
	const at = all.findIndex(({ name }) => name === tagLineHere(model)?.name);
	switch (message.type) {
		case 'cursor.moved':
			return standing(model, all[clamped(at + message.by, all)]);
		case 'cursor.paged':
			return standing(model, all[clamped(at + Math.trunc(message.by * 20), all)]);
		case 'cursor.sent':
			return standing(model, message.to === 'first' ? all[0] : all.at(-1));
		default:
			return model;
	}
}

function facetBeside(model: Model, by: 1 | -1): TagLine | undefined {
	const all = linesOf(model);
	const at = all.findIndex(({ name }) => name === tagLineHere(model)?.name);
	const isFacet = ({ kind }: TagLine) => kind === 'facet';
	return by > 0 ? all.slice(at + 1).find(isFacet) : all.slice(0, Math.max(0, at)).findLast(isFacet);
}

function linesOf(model: Model): readonly TagLine[] {
	const { tree, facets } = tagLines(model);
	return [...tree, ...facets];
}

function clamped(line: number, all: readonly TagLine[]): number {
	return Math.max(0, Math.min(line, all.length - 1));
}

function standing(model: Model, line: TagLine | undefined): Model {
	return line ? withTags(model, { cursor: line.name }) : model;
}
