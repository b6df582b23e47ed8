import { approvalOf, gazeSpan, isOpen } from '../card.ts';
import { topOverlay } from '../contexts.ts';
import { fieldOf } from '../field.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { dialogStops, editStops } from '../overlay.ts';
import { sent } from '../request.ts';
import { dialogFor } from './deeds.ts';
import { withNotice } from './notices.ts';

/** How long a T2 that was asked for waits for a key that stops it, from the frame that shows it. */
export const graceMs = 3000;
/** So long only Esc is heard: the key that asked for it may still be held. */
export const deafMs = 400;

/** Grace bars and dialogs: the last looks at a plan before it runs. */
export function consent(model: Model, message: Message): Model {
	switch (message.type) {
		case 'dialog.opened': {
			const approval = approvalOf(model, message.approval);
			if (!approval) return model;
			const { id, contentHash } = approval;
			const dialog = dialogFor(model, { approval: id, contentHash });
			return { ...model, overlays: [...model.overlays, dialog] };
		}
		case 'edit.opened':
			return editOpened(model, message.approval, message.text);
		case 'dialog.moved':
			return dialogMoved(model, message.by);
		case 'overlay.closed':
			return drafted(model);
		case 'approved':
			return withoutConsent(model);
		case 'grace.hastened':
			return consented(model);
		case 'grace.cancelled':
			return cancelled(model, 'cancelled');
		case 'console.suspended':
		case 'terminal.lost':
			return topOverlay(model)?.kind === 'dialog'
				? withoutConsent(model)
				: cancelled(model, 'nobody looked any more');
		case 'time.passed':
			return ranDown(model, message.now) ? consented(model) : model;
		default:
			return model;
	}
}

/** How long the bar has been on the screen; undefined where none is, or not yet. */
export function graceSpan(model: Model): number | undefined {
	return topOverlay(model)?.kind === 'grace' ? gazeSpan(model) : undefined;
}

function ranDown(model: Model, now: number): boolean {
	return (graceSpan({ ...model, now }) ?? 0) >= graceMs;
}

/** What is no longer the plan that was shown asks no more questions. */
export function voided(model: Model): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'grace' && overlay?.kind !== 'dialog') return model;
	const approval = approvalOf(model, overlay.approval);
	const isSame = approval?.contentHash === overlay.contentHash;
	if (isSame && isOpen(approval, model.now)) return model;
	const says = approval && !isSame ? 'its plan changed' : 'it is not open any more';
	return withNotice(withoutConsent(model), 'warn', `${overlay.approval}: ${says}: nothing runs`);
}

function consented(model: Model): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'grace') return model;
	const { approval, contentHash } = overlay;
	return sent(withoutConsent(model), { type: 'approved', approval, contentHash });
}

function cancelled(model: Model, why: string): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'grace') return model;
	const { approval } = overlay;
	const told = withNotice(withoutConsent(model), 'warn', `${approval} ${why}: nothing ran`);
	return sent(told, { type: 'rejected', approval, reason: why });
}

function withoutConsent(model: Model): Model {
	const kind = topOverlay(model)?.kind;
	if (kind !== 'grace' && kind !== 'dialog') return model;
	return { ...model, overlays: model.overlays.slice(0, -1) };
}

function dialogMoved(model: Model, by: 1 | -1): Model {
	const overlay = topOverlay(model);
	const under = model.overlays.slice(0, -1);
	if (overlay?.kind === 'dialog') {
		const at = beside(dialogStops, overlay.at, by);
		return { ...model, overlays: [...under, { ...overlay, at }] };
	}
	if (overlay?.kind !== 'edit') return model;
	return { ...model, overlays: [...under, { ...overlay, at: beside(editStops, overlay.at, by) }] };
}

function beside<Stop>(stops: readonly Stop[], at: Stop, by: 1 | -1): Stop {
	return stops[(stops.indexOf(at) + by + stops.length) % stops.length] ?? at;
}

function editOpened(model: Model, id: string, text: string): Model {
	const approval = approvalOf(model, id);
	if (!approval) return model;
	const { contentHash } = approval;
	const params = { ...fieldOf(text), cursor: 0 };
	const form = { kind: 'edit', approval: id, contentHash, params, at: 'params' } as const;
	return { ...model, overlays: [...model.overlays, form] };
}

/** A reason outlives the dialog it was typed in. */
function drafted(model: Model): Model {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'dialog') return model;
	return { ...model, draft: { approval: overlay.approval, reason: overlay.reason } };
}
