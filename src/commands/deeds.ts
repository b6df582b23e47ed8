import type { Approval } from '../core/approval.ts';
import type { DeedOffer } from '../core/respond-session.ts';
import type { Stroke } from '../core/stroke.ts';
import { othersHere } from '../state/card.ts';
import { topOverlay } from '../state/contexts.ts';
import type { Model } from '../state/model.ts';
import { type Command, command, onRow } from './command.ts';

export const isolate = onRow({
	id: 'respond.isolate',
	title: 'Isolate it (3 s grace)',
	tier: 2,
	run: ({ seq }) => [{ type: 'offer.wanted', seq, letter: 'i' }],
});

export const menu = onRow({
	id: 'respond.menu',
	title: 'All actions for this event',
	hint: 'actions',
	run: ({ seq }) => [{ type: 'menu.opened', seq }],
});

/** What a key of the open menu means; undefined where it shows no such key. */
export function offeredBy(model: Model, stroke: Stroke): Command | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'menu') return undefined;
	const waiting = othersHere(model)[Number(stroke) - 1];
	if (waiting) return showing(waiting);
	const offer = overlay.offers?.find(({ letter }) => letter === stroke);
	return offer && picking(offer, overlay.seq);
}

/** A digit only brings a card up: it takes another key to say yes to it. */
function showing({ id, plan }: Approval): Command {
	return command({
		id: `card ${id}`,
		title: plan.action,
		contexts: ['menu'],
		run: () => [{ type: 'overlay.closed' }, { type: 'card.chosen', approval: id }],
	});
}

function picking({ action, title, tier, target, blocked }: DeedOffer, seq: number): Command {
	const says = `${action} ${target}`;
	return command({
		id: action,
		title,
		// Even a look at something asks a machine for it: no stray letter does that.
		tier: tier === 0 ? 1 : tier,
		reach: () => ({ tier, what: action }),
		contexts: ['menu'],
		blocked: () => blocked,
		run: () => [{ type: 'deed.wanted', ask: { type: 'deed.asked', action, seq }, says }],
	});
}
