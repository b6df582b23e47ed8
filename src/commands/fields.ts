import { topOverlay } from '../state/contexts.ts';
import type { Edit } from '../state/field.ts';
import type { Message } from '../state/message.ts';
import type { Model, Prompt } from '../state/model.ts';
import { rowAtCursor } from '../state/slices/list.ts';
import { fieldInFocus } from '../state/slices/typing.ts';
import { command, type Desk, ordered } from './command.ts';

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
	title: 'The entry before that holds this text',
	hint: 'search',
	contexts,
	blocked: inHelp,
	run: () => [{ type: 'field.searched' }],
});

export const editor = command({
	id: 'editor.open',
	title: 'Write it in $EDITOR',
	hint: '$EDITOR',
	contexts,
	blocked: inHelp,
	run: () => [{ type: 'editor.wanted' }],
});

function inHelp(model: Model): string | undefined {
	return topOverlay(model)?.kind === 'help' ? 'the help has no history' : undefined;
}

export const up = command({
	id: 'field.up',
	title: 'The entry before; the choice or line above',
	contexts,
	run: (model, desk) => vertically(model, desk, 'up'),
});

export const down = command({
	id: 'field.down',
	title: 'The entry after; the choice or line below',
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
		return { count: completions.length, picked, isAll: kind === 'palette' };
	}
	const { at, completions, picked } = model.fire;
	return at === 'tag' ? { count: completions.length, picked, isAll: false } : undefined;
}

function canPick({ count, picked }: Choices, to: 'up' | 'down'): boolean {
	return to === 'up' ? picked > 0 : picked < count - 1;
}

export const complete = command({
	id: 'completion.take',
	title: 'Complete the word',
	hint: 'complete',
	contexts: ['prompt', 'form'],
	run: () => [{ type: 'completion.taken' }],
});

/** Enter in the form: a new line of data, the picked tag, never a deed. */
export const formEnter = command({
	id: 'form.enter',
	title: 'A new line, or the picked tag',
	contexts: ['form'],
	blocked: ({ fire }) =>
		fire.at === 'buttons' || fire.at === 'bus' ? 'Enter never runs anything' : undefined,
	run: ({ fire }) =>
		fire.at === 'data'
			? [{ type: 'field.typed', edit: { kind: 'insert', text: '\n' } }]
			: [{ type: 'completion.taken' }],
});

export const close = command({
	id: 'overlay.close',
	title: 'Close; what was typed into a form is kept',
	hint: 'close',
	contexts,
	run: () => [{ type: 'overlay.closed' }],
});

/** Esc takes back the completion first, then all that was typed. */
export const closePrompt = command({
	id: 'prompt.close',
	title: 'Close; everything is as before',
	hint: 'as before',
	contexts: ['prompt'],
	run: (model) => {
		const prompt = promptOf(model);
		const hasChoices = prompt?.kind !== 'palette' && (prompt?.completions.length ?? 0) > 0;
		return [{ type: hasChoices ? 'completion.closed' : 'overlay.closed' }];
	},
});

/** `//`: the first key in a fresh filter prompt makes it a search that hides nothing. */
export const findInstead = command({
	id: 'find.open',
	title: 'Find, hiding nothing',
	hint: 'find',
	contexts: ['prompt'],
	blocked: (model) => {
		const prompt = promptOf(model);
		return prompt?.kind === 'filter' && prompt.isPristine ? undefined : 'a filter is being typed';
	},
	run: () => [{ type: 'overlay.closed' }, { type: 'prompt.opened', kind: 'find', text: '' }],
});

export const keep = command({
	id: 'prompt.keep',
	title: 'Keep it',
	hint: 'keep',
	contexts: ['prompt'],
	blocked: (model) => promptOf(model)?.error?.text,
	run: (model, desk) => {
		const prompt = promptOf(model);
		return prompt ? [{ type: 'prompt.kept' }, ...kept(prompt, model, desk)] : [];
	},
});

function promptOf(model: Model): Prompt | undefined {
	const overlay = topOverlay(model);
	return overlay?.kind === 'prompt' ? overlay.prompt : undefined;
}

function kept(prompt: Prompt, model: Model, desk: Desk): readonly Message[] {
	const text = prompt.field.text.trim();
	if (prompt.kind === 'palette') return chosen(prompt, model, desk);
	if (prompt.kind === 'filter' || text === '') return [];
	if (prompt.kind === 'find') return found(text, model);
	const what = `event since ${text}`;
	return [{ type: 'row.sought', filter: `since:${text}`, from: 0, towards: 'newer', what }];
}

/** From the cursor back, where what was just seen is; if nothing is there, on. */
function found(filter: string, { list }: Model): readonly Message[] {
	const from = (rowAtCursor(list)?.seq ?? 0) + 1;
	return [
		{ type: 'find.changed', filter },
		{
			type: 'row.sought',
			filter,
			from,
			towards: 'older',
			retry: 'newer',
			what: `event with ${filter}`,
		},
	];
}

function chosen(prompt: Prompt, model: Model, desk: Desk): readonly Message[] {
	const order = desk.commands.get(prompt.completions[prompt.picked]?.text ?? '');
	if (!order) return [{ type: 'noticed', tone: 'warn', text: 'no command has that name' }];
	return ordered(order, { ...model, overlays: model.overlays.slice(0, -1) }, desk);
}

/** Enter in the help does what the picked line says. */
export const helpRun = command({
	id: 'help.run',
	title: 'Do what this line says',
	hint: 'goes there',
	contexts: ['help'],
	blocked: (model) => (topOverlay(model)?.kind === 'help' ? undefined : 'the help is not open'),
	run: (model, desk) => {
		const overlay = topOverlay(model);
		const order = overlay?.kind === 'help' ? desk.helped(model)[overlay.picked] : undefined;
		if (!order) return [];
		const under = { ...model, overlays: model.overlays.slice(0, -1) };
		return [{ type: 'overlay.closed' }, ...ordered(order, under, desk)];
	},
});
