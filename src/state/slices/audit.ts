import type { Kept } from '../../core/store.ts';
import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { requested } from '../request.ts';
import type { AuditState } from '../respond.ts';

/** The newest records that are asked for. */
const most = 500;

/** What was done, by whom and why. */
export function audit(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.audit ? model : { ...model, audit: next };
}

function changed(model: Model, message: Message): AuditState {
	const { audit } = model;
	switch (message.type) {
		case 'audit':
			if (message.id !== audit.request) return audit;
			return { ...audit, records: message.records.toReversed(), verdict: message.verdict };
		case 'audit.filtered':
			return { ...audit, text: message.text };
		default:
			return focusOf(model) === 'audit' ? moved(audit, message) : audit;
	}
}

/** The record under the hand: the newest where the hand is nowhere. */
export function recordHere({ audit, screen }: Model): Kept | undefined {
	if (screen !== 'audit') return undefined;
	return audit.records.find(({ seq }) => seq === audit.selected) ?? audit.records[0];
}

/** Whoever looks at the audit sees what has just been written into it. */
export function audited(before: Model, after: Model): Model {
	if (after.screen !== 'audit') return after;
	const isSame =
		before.screen === 'audit' &&
		before.audit.text === after.audit.text &&
		before.approvals.list === after.approvals.list &&
		before.marks === after.marks;
	if (isSame) return after;
	const { text } = after.audit;
	const asked = requested(after, (id) => ({ type: 'audit.wanted', id, text, limit: most }));
	return { ...asked, audit: { ...asked.audit, request: asked.requests } };
}

function moved(audit: AuditState, message: Message): AuditState {
	const { records, selected } = audit;
	const at = Math.max(
		0,
		records.findIndex(({ seq }) => seq === selected),
	);
	const to = (line: number): AuditState => {
		const record = records[Math.max(0, Math.min(line, records.length - 1))];
		return record ? { ...audit, selected: record.seq } : audit;
	};
	switch (message.type) {
		case 'cursor.moved':
			return to(at + message.by);
		case 'cursor.paged':
			return to(at + Math.trunc(message.by * 10));
		case 'cursor.sent':
			return to(message.to === 'first' ? 0 : records.length - 1);
		default:
			return audit;
	}
}
