import type { Approval } from '../../core/approval.ts';
import { byExpiry, isOpen } from '../card.ts';
import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { ApprovalsState } from '../respond.ts';

/** What waits for a yes, in an order that holds still while somebody looks. */
export function approvals(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.approvals ? model : { ...model, approvals: next };
}

function changed(model: Model, message: Message): ApprovalsState {
	const { approvals, now } = model;
	switch (message.type) {
		case 'approvals':
			return received(model, message);
		case 'screen.chosen':
			return message.screen === 'approvals' ? lookedAt(approvals, now) : approvals;
		case 'approved': {
			const rev = approvals.list.find(({ id }) => id === message.approval)?.rev ?? 0;
			return { ...approvals, given: { approval: message.approval, rev, at: now } };
		}
		case 'card.chosen':
			return { ...approvals, selected: message.approval, card: message.approval, top: 0 };
		default:
			return focusOf(model) === 'approvals' ? moved(model, message) : approvals;
	}
}

type Told = Extract<Message, { type: 'approvals' }>;

function received(model: Model, told: Told): ApprovalsState {
	const { banner: _, ...before } = model.approvals;
	const { runs, you, isStopped, banner, limits = [] } = told;
	const list = isSameList(before.list, told.list) ? before.list : told.list;
	const next = {
		...before,
		...{ list, runs, you, isStopped },
		limits: new Map(limits),
		bySeq: approvalsBySeq(told.bySeq),
		...(banner !== undefined && { banner }),
	};
	const isLookedAt = model.screen === 'approvals';
	return isLookedAt ? joined(next, model.now) : lookedAt(next, model.now);
}

/** The engine tells all of them again whenever one may have changed: what did not stays what it is. */
function isSameList(before: readonly Approval[], now: readonly Approval[]): boolean {
	if (before.length !== now.length) return false;
	return before.every((one, at) => {
		const other = now[at];
		const isSame = one.id === other?.id && one.rev === other.rev;
		return isSame && one.contentHash === other.contentHash;
	});
}

function approvalsBySeq(pairs: Told['bySeq']): ReadonlyMap<number, readonly string[]> {
	const bySeq = new Map<number, string[]>();
	for (const [seq, id] of pairs) bySeq.set(seq, [...(bySeq.get(seq) ?? []), id]);
	return bySeq;
}

function openIds(list: readonly Approval[], now: number): readonly string[] {
	return byExpiry(list.filter((one) => isOpen(one, now))).map(({ id }) => id);
}

/** As it is found when somebody begins to look: by expiry, the hand where it was or on the first. */
function lookedAt(approvals: ApprovalsState, now: number): ApprovalsState {
	return selecting({ ...approvals, queue: openIds(approvals.list, now) });
}

/** What is new joins at the end; what is over stays in its line and says so. */
function joined(approvals: ApprovalsState, now: number): ApprovalsState {
	const known = new Set(approvals.queue);
	const fresh = openIds(approvals.list, now).filter((id) => !known.has(id));
	const held = new Set(approvals.list.map(({ id }) => id));
	return selecting({
		...approvals,
		queue: [...approvals.queue.filter((id) => held.has(id)), ...fresh],
	});
}

function selecting({ selected, ...approvals }: ApprovalsState): ApprovalsState {
	const { queue } = approvals;
	const id = selected !== undefined && queue.includes(selected) ? selected : queue[0];
	const isSame = id === selected;
	return { ...approvals, ...(id !== undefined && { selected: id }), ...(!isSame && { top: 0 }) };
}

function moved({ approvals, size, isZoomed }: Model, message: Message): ApprovalsState {
	const move = isZoomed ? scrolled : stepped;
	switch (message.type) {
		case 'cursor.moved':
			return move(approvals, message.by);
		case 'cursor.paged':
			return move(approvals, Math.trunc((message.by * size.rows) / 2));
		case 'cursor.sent':
			return move(approvals, message.to === 'first' ? -10_000 : 10_000);
		case 'zoom.toggled':
			return { ...approvals, top: 0 };
		case 'card.sized':
			return { ...approvals, top: Math.min(approvals.top, message.lastTop) };
		default:
			return approvals;
	}
}

function scrolled(approvals: ApprovalsState, by: number): ApprovalsState {
	return { ...approvals, top: Math.max(0, approvals.top + by) };
}

function stepped(approvals: ApprovalsState, by: number): ApprovalsState {
	const { queue, selected = '' } = approvals;
	const line = Math.max(0, Math.min(queue.indexOf(selected) + by, queue.length - 1));
	const id = queue[line];
	return id === undefined ? approvals : { ...approvals, selected: id, top: 0 };
}
