import type { Model, ScreenName } from './model.ts';
import type { Overlay } from './overlay.ts';
import type { Prompt } from './prompt-state.ts';

/** Where a key has its one meaning. */
export const contextNames = [
	'grace',
	'prompt',
	'form',
	'dialog',
	'menu',
	'help',
	'reading',
	'fields',
	'tags',
	'detail',
	'events',
	'approvals',
	'runs',
	'audit',
	'rules',
	'sources',
	'global',
] as const;
export type ContextName = (typeof contextNames)[number];

/** What a movement moves: the innermost thing with a cursor. */
export type Focus =
	| 'field'
	| 'output'
	| 'help'
	| 'grace'
	| 'menu'
	| 'reading'
	| 'tags'
	| 'detail'
	| 'list'
	| Exclude<ScreenName, 'live'>;

export function topOverlay(model: Model): Overlay | undefined {
	return model.overlays.at(-1);
}

export function promptOf(model: Model): Prompt | undefined {
	const overlay = topOverlay(model);
	return overlay?.kind === 'prompt' ? overlay.prompt : undefined;
}

export function focusOf(model: Model): Focus {
	const overlay = topOverlay(model);
	const own = withOwnKeys(overlay);
	if (own) return own;
	if (overlay?.kind === 'help') return 'help';
	if (overlay) return 'field';
	if (model.screen === 'runs' && model.pane === 'detail') return 'output';
	if (model.screen !== 'live') return model.screen;
	if (model.tags.isOpen && model.pane === 'tags') return 'tags';
	return isDetailOpen(model) && model.pane === 'detail' ? 'detail' : 'list';
}

/** What lies over the screen, takes no text, and has a context of its own name. */
function withOwnKeys(overlay: Overlay | undefined): 'grace' | 'menu' | 'reading' | undefined {
	return (['grace', 'menu', 'reading'] as const).find((kind) => kind === overlay?.kind);
}

export function isDetailOpen(model: Model): boolean {
	return model.detail.seq !== undefined;
}

/** Whether a letter is typed rather than obeyed. */
export function isTyping(model: Model): boolean {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'dialog' || overlay?.kind === 'edit') return overlay.at !== 'buttons';
	if (overlay?.kind === 'fire') return model.fire.at === 'tag' || model.fire.at === 'data';
	return overlay?.kind === 'prompt' || overlay?.kind === 'help';
}

/** Whether every letter is text now: a dialog's keys are for outside of its fields. */
export function isLetterText(model: Model): boolean {
	const kind = topOverlay(model)?.kind;
	return isTyping(model) && (kind === 'dialog' || kind === 'edit');
}

/** Whether what is typed unlocks a deed: then only single keys count. */
export function isNameTyped(model: Model): boolean {
	const overlay = topOverlay(model);
	return overlay?.kind === 'dialog' && overlay.at === 'name';
}

/** The contexts whose keys count now, innermost first. */
export function contextsOf(model: Model): readonly ContextName[] {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'prompt') return ['prompt', 'fields'];
	if (overlay?.kind === 'help') return ['help', 'fields'];
	const own = withOwnKeys(overlay);
	if (own) return [own];
	if (overlay?.kind === 'dialog' || overlay?.kind === 'edit') {
		return isTyping(model) ? ['fields', 'dialog'] : ['dialog'];
	}
	if (overlay?.kind === 'fire') return isTyping(model) ? ['fields', 'form'] : ['form'];
	if (model.screen !== 'live') return [model.screen, 'global'];
	if (focusOf(model) === 'tags') return ['tags', 'global'];
	return focusOf(model) === 'detail' ? ['detail', 'events', 'global'] : ['events', 'global'];
}
