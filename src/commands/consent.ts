import { needOf } from '../core/need.ts';
import { cardOf } from '../state/card.ts';
import { topOverlay } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { command } from './command.ts';
import { proposal, whyNoProposal } from './edit.ts';
import { whyNoYes } from './yes.ts';

const contexts = ['dialog'] as const;

export const now = command({
	id: 'grace.now',
	title: 'Now, without waiting',
	hint: 'now',
	tier: 2,
	contexts: ['grace'],
	blocked: (model) =>
		topOverlay(model)?.kind === 'grace' ? undefined : 'nothing is waiting to run',
	run: () => [{ type: 'grace.hastened' }],
});

export const cancel = command({
	id: 'grace.cancel',
	title: 'Cancel it; so does any other key',
	hint: 'cancel',
	contexts: ['grace'],
	blocked: (model) =>
		topOverlay(model)?.kind === 'grace' ? undefined : 'nothing is waiting to run',
	run: () => [{ type: 'grace.cancelled' }],
});

export const next = command({
	id: 'dialog.next',
	title: 'The next field',
	hint: 'next field',
	contexts,
	run: () => [{ type: 'dialog.moved', by: 1 }],
});

export const previous = command({
	id: 'dialog.previous',
	title: 'The field before',
	contexts,
	run: () => [{ type: 'dialog.moved', by: -1 }],
});

/** T3: it runs what cannot be undone. */
export const run = command({
	id: 'dialog.run',
	title: 'Run it, or propose the change',
	hint: 'run',
	tier: 3,
	contexts,
	blocked: (model) => {
		const overlay = topOverlay(model);
		if (overlay?.kind === 'edit') return whyNoProposal(overlay);
		return overlay?.kind === 'dialog' ? whyLocked(model, overlay) : 'no dialog is open';
	},
	run: (model) => {
		const overlay = topOverlay(model);
		if (overlay?.kind === 'edit') return proposal(overlay);
		return overlay?.kind === 'dialog' ? yes(overlay) : [];
	},
});

type Dialog = Extract<Model['overlays'][number], { kind: 'dialog' }>;

function whyLocked(model: Model, { at, name, reason }: Dialog): string | undefined {
	const card = cardOf(model);
	if (!card) return 'its plan is gone';
	const { typedName } = needOf(card.plan, card.contentHash);
	if (reason.text.trim() === '') return 'say why';
	if (name.text !== typedName) return 'the name does not match yet';
	return at === 'buttons' ? whyNoYes(card, model) : 'leave the fields first';
}

function yes({ approval, contentHash, name, reason }: Dialog): readonly Message[] {
	const typedName = name.text;
	return [{ type: 'approved', approval, contentHash, typedName, reason: reason.text.trim() }];
}

/** Enter in a dialog: a new line of parameters, never a deed. */
export const enter = command({
	id: 'dialog.enter',
	title: 'A new line; it never runs anything',
	contexts,
	blocked: (model) => {
		const overlay = topOverlay(model);
		const isText = overlay?.kind === 'edit' && overlay.at === 'params';
		return isText ? undefined : 'Enter never runs anything';
	},
	run: () => [{ type: 'field.typed', edit: { kind: 'insert', text: '\n' } }],
});
