import type { Approval } from '../core/approval.ts';
import { stageSays } from '../core/stage-says.ts';
import { gazeMs, gazeSpan, isOpen } from '../state/card.ts';
import type { Model } from '../state/model.ts';

/** A yes that is on its way is not given again; the engine has this long to answer. */
const onItsWayMs = 2000;

/** Why a yes to this card would not count now. */
export function whyNoYes(card: Approval, model: Model): string | undefined {
	return whyClosed(card, model) ?? whyStopped(model) ?? whyGiven(card, model) ?? whyUnseen(model);
}

/** Why nobody can decide about it any more: who was first, or that its time is over. */
export function whyClosed(card: Approval, { now }: Model): string | undefined {
	if (card.stage.kind !== 'proposed') return `${card.id} ${stageSays(card)}`;
	return isOpen(card, now) ? undefined : `${card.id} expired`;
}

function whyStopped({ approvals: { isStopped, banner } }: Model): string | undefined {
	return isStopped ? (banner ?? 'all runs are stopped: eventctl stop --clear') : undefined;
}

function whyGiven({ id, rev, stage }: Approval, { approvals, now }: Model): string | undefined {
	const { given, you } = approvals;
	const isOnItsWay = given?.approval === id && given.rev === rev && now - given.at < onItsWayMs;
	if (isOnItsWay) return `your yes to ${id} is on its way`;
	const hasSaidYes = stage.kind === 'proposed' && stage.by.some((actor) => actor.id === you?.id);
	return hasSaidYes
		? `${id}: you have said yes; it waits for a second person at another console`
		: undefined;
}

function whyUnseen(model: Model): string | undefined {
	if (model.gaze && !model.gaze.isWhole) {
		return 'the card has no room for all of it: open it whole first';
	}
	const span = gazeSpan(model);
	return span !== undefined && span >= gazeMs ? undefined : 'this came up just now: press again';
}
