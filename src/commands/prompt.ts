import { cardOf } from '../state/card.ts';
import { promptOf, topOverlay } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import type { Prompt } from '../state/prompt-state.ts';
import { silenceOf } from '../state/silence.ts';
import { rowAtCursor } from '../state/slices/list.ts';
import { type Command, command, type Desk, ordered } from './command.ts';
import { viewKept } from './views.ts';

export const complete = command({
	id: 'completion.take',
	title: 'Complete the word',
	hint: 'complete',
	contexts: ['prompt', 'form'],
	run: () => [{ type: 'completion.taken' }],
});

export const close = command({
	id: 'overlay.close',
	title: 'Close; a draft is kept',
	hint: 'close',
	contexts: ['prompt', 'form', 'dialog', 'menu', 'help', 'reading', 'fields'],
	run: () => [{ type: 'overlay.closed' }],
});

/** Esc takes back the completion first, then all that was typed. */
export const closePrompt = command({
	id: 'prompt.close',
	title: 'Close, all as before',
	hint: 'as before',
	contexts: ['prompt'],
	run: (model) => {
		const prompt = promptOf(model);
		const isPicking = prompt?.kind === 'palette' || prompt?.kind === 'view';
		const hasChoices = !isPicking && (prompt?.completions.length ?? 0) > 0;
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
	blocked: whyNotKept,
	run: (model, desk) => {
		const prompt = promptOf(model);
		return prompt ? [{ type: 'prompt.kept' }, ...kept(prompt, model, desk)] : [];
	},
});

function whyNotKept(model: Model): string | undefined {
	const prompt = promptOf(model);
	if (prompt?.error) return prompt.error.text;
	const isEmpty = prompt?.field.text.trim() === '';
	if (isEmpty && prompt.kind === 'view' && prompt.completions.length === 0) {
		return 'no view is saved yet: a name saves this one';
	}
	return isEmpty && needText.has(prompt.kind) ? 'write why, or leave it with Esc' : undefined;
}

const needText: ReadonlySet<string> = new Set(['reject', 'note', 'settle', 'silence']);

function kept(prompt: Prompt, model: Model, desk: Desk): readonly Message[] {
	const text = prompt.field.text.trim();
	if (prompt.kind === 'palette') return chosen(prompt, model, desk);
	if (prompt.kind === 'view') return viewKept(prompt, model);
	if (prompt.kind === 'audit') return [{ type: 'audit.filtered', text }];
	if (prompt.kind === 'filter' || text === '') return [];
	if (prompt.about) return decided(prompt.kind, prompt.about, text, model);
	if (prompt.kind === 'find') return found(text, model);
	const what = `event since ${text}`;
	return [{ type: 'row.sought', filter: `since:${text}`, from: 0, towards: 'newer', what }];
}

/** What was typed about an approval or about events. */
function decided(
	kind: Prompt['kind'],
	about: NonNullable<Prompt['about']>,
	text: string,
	{ now }: Model,
): readonly Message[] {
	if ('approval' in about) {
		const { approval } = about;
		if (kind === 'settle') return [{ type: 'settled', approval, note: text }];
		return [{ type: 'rejected', approval, reason: text }];
	}
	if (kind === 'note') return [{ type: 'note.written', seqs: about.seqs, text }];
	const silence = silenceOf(text);
	if (!silence) return [];
	return [{ type: 'silence.set', filter: silence.filter, untilMs: now + silence.forMs }];
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
	return byEnter(order, { ...model, overlays: model.overlays.slice(0, -1) }, desk);
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
		return [{ type: 'overlay.closed' }, ...byEnter(order, under, desk)];
	},
});

/** Enter goes where something can be done; only its own key does it. */
function byEnter(order: Command, model: Model, desk: Desk): readonly Message[] {
	if (order.tier === 0) return ordered(order, model, desk);
	const says = {
		type: 'noticed',
		tone: 'muted',
		text: 'Enter runs nothing: press its key',
	} as const;
	const card = order.id === 'respond.approve' ? cardOf(model) : undefined;
	if (!card) return [says];
	const { id: approval } = card;
	return [{ type: 'screen.chosen', screen: 'approvals' }, { type: 'card.chosen', approval }, says];
}
