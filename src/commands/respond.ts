import type { Approval } from '../core/approval.ts';
import { cardOf } from '../state/card.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import type { ReadingLine } from '../state/overlay.ts';
import { type Command, command, type Given } from './command.ts';
import { paramsText } from './edit.ts';
import { whyClosed, whyNoYes } from './yes.ts';

/** A command about the card on the screen. */
function onCard(
	given: Omit<Given, 'run' | 'blocked'> & {
		blocked?(card: Approval, model: Model): string | undefined;
		run(card: Approval, model: Model): readonly Message[];
	},
): Command {
	return command({
		contexts: ['events', 'detail', 'approvals'],
		...given,
		blocked: (model) => {
			const card = cardOf(model);
			if (!card) return 'nothing is suggested here';
			return given.blocked?.(card, model);
		},
		run: (model) => {
			const card = cardOf(model);
			return card ? given.run(card, model) : [];
		},
	});
}

/** The one key that says yes to what is on the screen. */
export const approve = onCard({
	id: 'respond.approve',
	title: 'Approve the card',
	hint: 'approve',
	tier: 2,
	reach: (model) => {
		const plan = cardOf(model)?.plan;
		return plan && { tier: plan.tier, what: plan.as ?? plan.action };
	},
	blocked: whyNoYes,
	run: ({ id, contentHash, plan }) =>
		plan.tier < 3
			? [{ type: 'approved', approval: id, contentHash }]
			: [{ type: 'dialog.opened', approval: id }],
});

export const reject = onCard({
	id: 'respond.reject',
	title: 'Reject it, with a reason',
	hint: 'reject…',
	reach: () => ({ tier: 1, what: 'a rejection' }),
	blocked: whyClosed,
	run: ({ id }) => [{ type: 'prompt.opened', kind: 'reject', text: '', about: { approval: id } }],
});

const snoozeMs = 600_000;

export const snooze = onCard({
	id: 'respond.snooze',
	title: 'Not now: ask again in 10 min',
	hint: 'snooze',
	tier: 1,
	contexts: ['approvals'],
	blocked: whyClosed,
	run: ({ id }, { now }) => [
		{ type: 'snoozed', approval: id, untilMs: now + snoozeMs },
		{ type: 'noticed', tone: 'muted', text: `${id} asks again in 10 min, if it has not expired` },
	],
});

export const edit = onCard({
	id: 'respond.edit',
	title: 'Change it: a new plan, a new hash',
	hint: 'edit…',
	reach: () => ({ tier: 1, what: 'a change' }),
	contexts: ['approvals'],
	blocked: whyClosed,
	run: ({ id, plan }) => [{ type: 'edit.opened', approval: id, text: paramsText(plan.params) }],
});

export const wholeCard = onCard({
	id: 'card.open',
	title: 'The whole card',
	hint: 'full card',
	contexts: ['approvals'],
	run: () => [{ type: 'zoom.toggled' }],
});

export const diff = onCard({
	id: 'card.diff',
	title: 'What its dry run would change',
	hint: 'diff',
	contexts: ['approvals', 'dialog'],
	blocked: ({ plan, id }) => (plan.dryRun ? undefined : `${id} had no dry run`),
	run: ({ id, plan }) => {
		const { says = '', lines = [] } = plan.dryRun ?? {};
		const read = [{ text: says, tone: 'muted' as const }, ...lines.map(changedLine)];
		return [{ type: 'reading.opened', title: `${id}: what would change`, lines: read }];
	},
});

function changedLine(text: string): ReadingLine {
	if (text.startsWith('+')) return { text, tone: 'good' };
	return { text, tone: text.startsWith('-') ? 'bad' : 'plain' };
}

export const toEvidence = onCard({
	id: 'card.evidence',
	title: 'The event it rests on',
	hint: 'open event',
	contexts: ['approvals'],
	blocked: ({ id }, model) =>
		evidenceOf(id, model) === undefined ? 'its event is not in the buffer' : undefined,
	run: ({ id }, model) => {
		const seq = evidenceOf(id, model);
		if (seq === undefined) return [];
		return [
			{ type: 'screen.chosen', screen: 'live' },
			{ type: 'event.jumped', seq },
			{ type: 'card.chosen', approval: id },
		];
	},
});

function evidenceOf(id: string, { approvals }: Model): number | undefined {
	const found = [...approvals.bySeq].findLast(([, ids]) => ids.includes(id));
	return found?.[0];
}
