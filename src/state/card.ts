import type { Approval } from '../core/approval.ts';
import { focusOf, topOverlay } from './contexts.ts';
import type { Model } from './model.ts';

/** How long a card has to stand still before a key may approve it. */
export const gazeMs = 400;

export function approvalOf(model: Model, id: string | undefined): Approval | undefined {
	return id === undefined ? undefined : model.approvals.list.find((one) => one.id === id);
}

/** Whether a yes would still count: it waits, and its time is not over. */
export function isOpen({ stage, plan }: Approval, now: number): boolean {
	return stage.kind === 'proposed' && Date.parse(plan.notAfter) > now;
}

function isSnoozed({ snoozedUntil }: Approval, now: number): boolean {
	return snoozedUntil !== undefined && Date.parse(snoozedUntil) > now;
}

/** The approval whose card is on the screen, whatever lies over the rest of it. */
export function cardOf(model: Model): Approval | undefined {
	const overlay = topOverlay(model);
	if (overlay?.kind === 'grace' || overlay?.kind === 'dialog') {
		return approvalOf(model, overlay.approval);
	}
	if (model.screen === 'approvals') return approvalOf(model, model.approvals.selected);
	return model.screen === 'live' ? approvalOf(model, model.approvals.card) : undefined;
}

/**
 * What has to stay the same for a card to stand still: the plan, what the hand is on, who has the keys, and the size.
 * Undefined where no card is on the screen.
 */
export function gazeKey(model: Model): string | undefined {
	const card = cardOf(model);
	if (!card) return undefined;
	const { list, size, overlays, isZoomed, pane, screen } = model;
	const at = overlays.map((overlay) => (overlay.kind === 'dialog' ? overlay.at : overlay.kind));
	const focus = [focusOf(model), screen, pane, isZoomed, ...at].join(' ');
	const hand = screen === 'live' ? list.selection : model.approvals.top;
	return [card.id, card.contentHash, hand, focus, size.columns, size.rows].join(' / ');
}

/** How long the card on the screen has stood still as a whole; undefined where it does not yet. */
export function gazeSpan(model: Model): number | undefined {
	const { gaze, now } = model;
	return gaze?.isWhole && gaze.key === gazeKey(model) ? now - gaze.since : undefined;
}

/** The card the live list should stand over: the one it has, else the most urgent of what the hand is on. */
export function nextCard(model: Model): string | undefined {
	const open = openHere(model);
	const stays = open.some(({ id }) => id === model.approvals.card);
	return stays ? model.approvals.card : open[0]?.id;
}

/** Those that expire first, first. */
export function byExpiry(list: readonly Approval[]): readonly Approval[] {
	return list.toSorted(
		(a, b) => a.plan.notAfter.localeCompare(b.plan.notAfter) || a.id.localeCompare(b.id),
	);
}

/** How many plans wait for a yes. */
export function openCount({ approvals, now }: Model): number {
	return approvals.list.filter((one) => isOpen(one, now)).length;
}

/** How many deeds are approved and not over. */
export function runningCount({ approvals }: Model): number {
	return approvals.list.filter(isActive).length;
}

/** Somebody said yes, and how it ends is not known yet. */
export function isActive({ stage }: Approval): boolean {
	return stage.kind === 'approved' || stage.kind === 'claimed' || stage.kind === 'running';
}

/** How many runs nobody knows the end of. */
export function unknownCount({ approvals }: Model): number {
	return approvals.list.filter(({ stage }) => stage.kind === 'unknown').length;
}

/** What else waits for a yes beside the card under the list, of what the hand is on; the most urgent first. */
export function othersHere(model: Model): readonly Approval[] {
	return openHere(model).filter(({ id }) => id !== model.approvals.card);
}

/** Where a card stands among the open ones of the event under the hand, from 1. */
export function placeOf(model: Model, id: string): { readonly at: number; readonly of: number } {
	const open = openHere(model);
	const at = open.findIndex((one) => one.id === id);
	return at < 0 ? { at: 1, of: 1 } : { at: at + 1, of: open.length };
}

/** What may be answered of what the hand is on: of all there is while the list follows. */
function openHere({ approvals, list, now }: Model): readonly Approval[] {
	const { bySeq } = approvals;
	const here = list.selection === 'tail' ? undefined : (bySeq.get(list.selection) ?? []);
	const open = approvals.list.filter(
		(one) => isOpen(one, now) && !isSnoozed(one, now) && (here?.includes(one.id) ?? true),
	);
	return byExpiry(open);
}
