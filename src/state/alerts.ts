import { severityNames } from '../core/severity.ts';
import { type AlertKind, isWatched } from './attention.ts';
import { approvalOf, isActive, isOpen } from './card.ts';
import type { Effect } from './effect.ts';
import type { Model } from './model.ts';

/** A bell that rings without end is switched off for good. */
const quietMs = 10_000;

/** Notes what somebody who looks elsewhere has to be called for. */
export function called(before: Model, after: Model): Model {
	const { attention, now } = after;
	const isQuiet = attention.alert !== undefined && now - attention.alert.at < quietMs;
	if (isQuiet || isWatched(attention, now)) return after;
	const kind = reasonToCall(before, after);
	return kind ? { ...after, attention: { ...attention, alert: { kind, at: now } } } : after;
}

/** The bell for what was just noted. */
export function alerts(before: Model, { attention: { alert } }: Model): readonly Effect[] {
	return alert && alert !== before.attention.alert ? [{ type: 'alert', kind: alert.kind }] : [];
}

function reasonToCall(before: Model, after: Model): AlertKind | undefined {
	if (before.approvals.list !== after.approvals.list) {
		const { list } = after.approvals;
		if (list.some((one) => isOpen(one, after.now) && !approvalOf(before, one.id)))
			return 'approval';
		const wasActive = (id: string) => {
			const old = approvalOf(before, id);
			return old !== undefined && isActive(old);
		};
		if (list.some((one) => !isActive(one) && wasActive(one.id))) return 'run';
	}
	return hasNewCritical(before, after) ? 'critical' : undefined;
}

const severe: ReadonlySet<string> = new Set(severityNames.slice(0, 3));

/** Among what arrived since the window before; another view's rows are not new. */
function hasNewCritical({ list: { window: old } }: Model, { list: { window } }: Model): boolean {
	if (!window || window === old || old?.view !== window.view) return false;
	if (window.criticalBelow > old.criticalBelow) return true;
	const newest = old.rows.at(-1)?.seq ?? 0;
	return window.rows.some(
		(row) => row.seq > newest && 'severity' in row && severe.has(row.severity),
	);
}
