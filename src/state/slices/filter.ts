import { promptOf } from '../contexts.ts';
import type { FilterState } from '../filter-state.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';

/** The filter and its history. */
export function filter(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.filter ? model : { ...model, filter: next };
}

/** What hides rows now: the open prompt's preview, else the filter unless it is off. */
export function filterInForce({ preview, text, isOff }: FilterState): string {
	return preview ?? (isOff ? '' : text);
}

function changed(model: Model, message: Message): FilterState {
	const { filter } = model;
	switch (message.type) {
		case 'filter.changed':
			return replaced(filter, message.text);
		case 'view.taken':
			return replaced(filter, message.view.filter);
		case 'filter.toggled':
			return { ...filter, isOff: !filter.isOff };
		case 'filter.went':
			return message.to === 'back' ? wentBack(filter) : wentForth(filter);
		case 'prompt.kept':
			return kept(model);
		case 'overlay.closed':
			return withoutPreview(filter);
		default:
			return filter;
	}
}

const longest = 100;

function replaced(filter: FilterState, text: string): FilterState {
	const { back } = filter;
	if (text === filter.text) return filter.isOff ? { ...filter, isOff: false } : filter;
	return { text, isOff: false, back: [...back, filter.text].slice(-longest), forth: [] };
}

function wentBack(filter: FilterState): FilterState {
	const text = filter.back.at(-1);
	if (text === undefined) return filter;
	const forth = [filter.text, ...filter.forth];
	return { text, isOff: false, back: filter.back.slice(0, -1), forth };
}

function wentForth(filter: FilterState): FilterState {
	const [text, ...forth] = filter.forth;
	if (text === undefined) return filter;
	return { text, isOff: false, back: [...filter.back, filter.text], forth };
}

function kept(model: Model): FilterState {
	const prompt = promptOf(model);
	if (prompt?.kind !== 'filter') return model.filter;
	return replaced(withoutPreview(model.filter), prompt.field.text.trim());
}

function withoutPreview(filter: FilterState): FilterState {
	if (filter.preview === undefined) return filter;
	const { preview: _, ...rest } = filter;
	return rest;
}
