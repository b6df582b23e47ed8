import type { Approval } from '../../core/approval.ts';
import type { DeedOffer } from '../../core/respond-session.ts';
import type { ToEngine } from '../../core/session.ts';
import { approvalOf, isOpen } from '../card.ts';
import { topOverlay } from '../contexts.ts';
import { fieldOf } from '../field.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { Overlay } from '../overlay.ts';
import { requested, sent } from '../request.ts';
import { withNotice } from './notices.ts';

/** What the operator's own keys asked for: offers, plans, and what begins when a plan is there. */
export function deeds(model: Model, message: Message): Model {
	switch (message.type) {
		case 'menu.opened':
			return menuOpened(model, message.seq);
		case 'offer.wanted':
			return offersWanted(model, message.seq, message.letter);
		case 'deeds':
			return offered(model, message.id, message.offers);
		case 'deed.wanted':
			return wanted(closed(model, 'menu'), message.says, 'run', (id) => ({ ...message.ask, id }));
		case 'edit.sent':
			return wanted(closed(model, 'edit'), `a changed ${message.approval}`, 'show', (id) => ({
				type: 'edited',
				id,
				approval: message.approval,
				params: message.params,
			}));
		case 'deed.answered':
			return answered(model, message);
		default:
			return model;
	}
}

function menuOpened(model: Model, seq: number): Model {
	const asked = requested(model, (id) => ({ type: 'deeds.wanted', id, seq }));
	return over(asked, { kind: 'menu', request: asked.requests, seq });
}

function offersWanted(model: Model, seq: number, letter: string): Model {
	const asked = requested(model, (id) => ({ type: 'deeds.wanted', id, seq }));
	return { ...asked, direct: { request: asked.requests, seq, letter } };
}

function offered(model: Model, id: number, offers: readonly DeedOffer[]): Model {
	if (model.direct?.request === id) return picked(model, model.direct, offers);
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'menu' || overlay.request !== id) return model;
	return over(closed(model, 'menu'), { ...overlay, offers: lettered(offers) });
}

function picked(
	{ direct: _, ...model }: Model,
	{ seq, letter }: NonNullable<Model['direct']>,
	offers: readonly DeedOffer[],
): Model {
	const offer = offers.find((one) => one.letter === letter);
	if (!offer) return withNotice(model, 'warn', 'nothing of this event can be isolated');
	if (offer.blocked !== undefined) return withNotice(model, 'warn', offer.blocked);
	const { action, target } = offer;
	return wanted(model, `${action} ${target}`, 'run', (id) => ({
		type: 'deed.asked',
		id,
		action,
		seq,
	}));
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** Each offer with a letter: its own where nobody before it took that, else the first that is free. */
function lettered(offers: readonly DeedOffer[]): readonly DeedOffer[] {
	const own = new Set(offers.flatMap(({ letter }) => letter ?? []));
	// `q` closes the menu, and a lone `y` never says yes.
	const free = [...alphabet].filter((letter) => !own.has(letter) && !'qy'.includes(letter));
	const taken = new Set<string>();
	return offers.map((offer) => {
		const isFree = offer.letter !== undefined && !taken.has(offer.letter);
		const letter = isFree ? offer.letter : free.shift();
		const { letter: _, ...rest } = offer;
		if (letter === undefined) return rest;
		taken.add(letter);
		return { ...rest, letter };
	});
}

function wanted(
	model: Model,
	says: string,
	purpose: 'run' | 'show',
	ask: (id: number) => ToEngine,
): Model {
	const asked = requested(model, ask);
	return withNotice(
		{ ...asked, deed: { request: asked.requests, purpose, screen: model.screen } },
		'muted',
		`planning ${says}`,
	);
}

function answered(model: Model, answer: Extract<Message, { type: 'deed.answered' }>): Model {
	const { deed, ...rest } = model;
	if (deed?.request !== answer.id) return model;
	if (answer.approval === undefined) {
		return withNotice(rest, 'warn', answer.refused ?? 'there is no plan for that');
	}
	return { ...rest, deed: { ...deed, approval: answer.approval } };
}

/** A plan that was asked for begins its way once it is here: what is harmless runs, all else asks again. */
export function begun(model: Model): Model {
	const { deed, ...rest } = model;
	const approval = approvalOf(model, deed?.approval);
	if (!deed || !approval) return model;
	if (!isOpen(approval, model.now)) return rest;
	if (deed.purpose === 'show') return shown(rest, approval);
	// A key typed for something else must not meet a plan that came in between.
	const isBusy = model.overlays.length > 0 || model.screen !== deed.screen;
	if (isBusy) return withNotice(rest, 'muted', `${approval.id} is planned and waits for a yes`);
	return started(rest, approval);
}

function shown(model: Model, { id }: Approval): Model {
	const { approvals } = model;
	const shown = { ...model, approvals: { ...approvals, selected: id, card: id, top: 0 } };
	return withNotice(shown, 'muted', `${id} is planned anew and waits for a yes`);
}

function started(model: Model, approval: Approval): Model {
	const { id, contentHash, plan } = approval;
	if (plan.tier < 2) return sent(model, { type: 'approved', approval: id, contentHash });
	const pinned = { approval: id, contentHash };
	return plan.tier === 2
		? over(model, { kind: 'grace', ...pinned })
		: over(model, dialogFor(model, pinned));
}

type Pinned = { readonly approval: string; readonly contentHash: string };

/** The dialog about a plan; a reason that was typed for it before is still there. */
export function dialogFor({ draft }: Model, pinned: Pinned): Overlay {
	const reason = draft?.approval === pinned.approval ? draft.reason : fieldOf('');
	return { kind: 'dialog', ...pinned, reason, name: fieldOf(''), at: 'reason' };
}

function over(model: Model, overlay: Overlay): Model {
	return { ...model, overlays: [...model.overlays, overlay] };
}

function closed(model: Model, kind: Overlay['kind']): Model {
	return topOverlay(model)?.kind === kind
		? { ...model, overlays: model.overlays.slice(0, -1) }
		: model;
}
