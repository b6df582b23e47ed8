import { promptOf, topOverlay } from '../state/contexts.ts';
import type { Edit } from '../state/field.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { fieldInFocus } from '../state/slices/typing.ts';
import { command, type Desk } from './command.ts';

const contexts = ['fields', 'prompt', 'form', 'help'] as const;

const editing = (id: string, title: string, edit: Edit) =>
	command({ id, title, contexts, run: () => [{ type: 'field.typed', edit }] });

export const left = editing('field.left', 'A character back', { kind: 'move', to: 'left' });
export const right = editing('field.right', 'A character on', { kind: 'move', to: 'right' });
export const start = editing('field.start', 'To the start of the line', {
	kind: 'move',
	to: 'start',
});
export const end = editing('field.end', 'To the end of the line', { kind: 'move', to: 'end' });
export const eraseBefore = editing('field.erase', 'Erase the character before', {
	kind: 'erase',
	what: 'before',
});
export const eraseAfter = editing('field.erase-after', 'Erase the character after', {
	kind: 'erase',
	what: 'after',
});
export const eraseWord = editing('field.erase-word', 'Cut the word before', {
	kind: 'erase',
	what: 'word',
});
export const eraseToStart = editing('field.erase-to-start', 'Cut to the start of the line', {
	kind: 'erase',
	what: 'to-start',
});
export const eraseToEnd = editing('field.erase-to-end', 'Cut to the end of the line', {
	kind: 'erase',
	what: 'to-end',
});
export const yank = editing('field.yank', 'Put back what was cut', { kind: 'yank' });

export const search = command({
	id: 'history.search',
	title: 'Search what was typed',
	hint: 'search',
	contexts,
	blocked: isPassing,
	run: () => [{ type: 'field.searched' }],
});

export const editor = command({
	id: 'editor.open',
	title: 'Write it in $EDITOR',
	hint: '$EDITOR',
	contexts,
	blocked: isPassing,
	run: () => [{ type: 'editor.wanted' }],
});

function isPassing(model: Model): string | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'dialog' && overlay.at === 'name') return 'the name is typed key by key';
	const isSearch =
		overlay?.kind === 'help' ||
		promptOf(model)?.kind === 'palette' ||
		promptOf(model)?.kind === 'view';
	return isSearch ? 'nothing typed here is kept' : undefined;
}

export const up = command({
	id: 'field.up',
	title: 'The entry, line above',
	contexts,
	run: (model, desk) => vertically(model, desk, 'up'),
});

export const down = command({
	id: 'field.down',
	title: 'The entry, line below',
	contexts,
	run: (model, desk) => vertically(model, desk, 'down'),
});

/** Among choices up and down pick one, in a text of several lines they go through it, else through its history. */
function vertically(model: Model, desk: Desk, to: 'up' | 'down'): readonly Message[] {
	const choices = choicesOf(model, desk);
	if (choices?.isAll && !canPick(choices, to)) return [];
	if (choices && canPick(choices, to))
		return [{ type: 'completion.picked', by: to === 'up' ? -1 : 1 }];
	const field = fieldInFocus(model);
	if (!field) return [];
	const rest = to === 'up' ? field.text.slice(0, field.cursor) : field.text.slice(field.cursor);
	if (rest.includes('\n')) return [{ type: 'field.typed', edit: { kind: 'move', to } }];
	return [{ type: 'field.recalled', by: to === 'up' ? 1 : -1 }];
}

type Choices = {
	readonly count: number;
	readonly picked: number;
	/** There is nothing else to go through. */
	readonly isAll: boolean;
};

function choicesOf(model: Model, desk: Desk): Choices | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'help') {
		return { count: desk.helped(model).length, picked: overlay.picked, isAll: true };
	}
	if (overlay?.kind === 'prompt') {
		const { completions, picked, kind } = overlay.prompt;
		return { count: completions.length, picked, isAll: kind === 'palette' || kind === 'view' };
	}
	if (overlay?.kind !== 'fire') return undefined;
	const { at, completions, picked } = model.fire;
	return at === 'tag' ? { count: completions.length, picked, isAll: false } : undefined;
}

function canPick({ count, picked }: Choices, to: 'up' | 'down'): boolean {
	return to === 'up' ? picked > 0 : picked < count - 1;
}
