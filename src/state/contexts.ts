import type { Model, Overlay, Prompt } from './model.ts';

/** Where a key has its one meaning. */
export const contextNames = [
	'prompt',
	'form',
	'help',
	'fields',
	'detail',
	'events',
	'sources',
	'global',
] as const;
export type ContextName = (typeof contextNames)[number];

/** What a movement moves: the innermost thing with a cursor. */
export type Focus = 'field' | 'help' | 'detail' | 'list' | 'sources';

export function topOverlay(model: Model): Overlay | undefined {
	return model.overlays.at(-1);
}

export function promptOf(model: Model): Prompt | undefined {
	const overlay = topOverlay(model);
	return overlay?.kind === 'prompt' ? overlay.prompt : undefined;
}

export function focusOf(model: Model): Focus {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'help') return 'help';
	if (overlay) return 'field';
	if (model.screen === 'sources') return 'sources';
	return isDetailOpen(model) && model.pane === 'detail' ? 'detail' : 'list';
}

export function isDetailOpen(model: Model): boolean {
	return model.detail.seq !== undefined;
}

/** Whether a letter is typed rather than obeyed. */
export function isTyping(model: Model): boolean {
	const overlay = topOverlay(model);
	if (!overlay) return false;
	return overlay.kind !== 'fire' || model.fire.at === 'tag' || model.fire.at === 'data';
}

/** The contexts whose keys count now, innermost first. */
export function contextsOf(model: Model): readonly ContextName[] {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'prompt') return ['prompt', 'fields'];
	if (overlay?.kind === 'help') return ['help', 'fields'];
	if (overlay?.kind === 'fire') return isTyping(model) ? ['fields', 'form'] : ['form'];
	if (model.screen === 'sources') return ['sources', 'global'];
	return focusOf(model) === 'detail' ? ['detail', 'events', 'global'] : ['events', 'global'];
}
