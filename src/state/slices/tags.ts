import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { requested } from '../request.ts';
import { facetsInOrderOf, inOrderOf } from '../settled-order.ts';
import { viewFilter } from '../silence.ts';
import { allTagLines, type TagLine, tagLineHere } from '../tag-lines.ts';
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
	switch (message.type) {
		case 'cursor.moved':
			return stepped(model, message.by);
		case 'cursor.paged':
			return stepped(model, Math.trunc(message.by * 20));
		case 'cursor.sent':
			return standing(model, allTagLines(model).at(message.to === 'first' ? 0 : -1));
		default:
			return model;
	}
}

function stepped(model: Model, by: number): Model {
	const all = allTagLines(model);
	return standing(model, all[clamped(placeOfHand(model, all) + by, all)]);
}

function facetBeside(model: Model, by: 1 | -1): TagLine | undefined {
	const all = allTagLines(model);
	const at = placeOfHand(model, all);
	const isFacet = ({ kind }: TagLine) => kind === 'facet';
	return by > 0 ? all.slice(at + 1).find(isFacet) : all.slice(0, Math.max(0, at)).findLast(isFacet);
}

/** The index of the line under the hand; -1 where there are none. */
function placeOfHand(model: Model, all: readonly TagLine[]): number {
	const here = tagLineHere(model, all);
	return here ? all.indexOf(here) : -1;
}

function clamped(line: number, all: readonly TagLine[]): number {
	return Math.max(0, Math.min(line, all.length - 1));
}

function standing(model: Model, line: TagLine | undefined): Model {
	return line ? withTags(model, { cursor: line.name }) : model;
}
