import { span } from '../core/ago.ts';
import type { Approval } from '../core/approval.ts';
import { approvalOf, isActive } from './card.ts';
import type { Model } from './model.ts';
import { withNotice } from './slices/notices.ts';

/** Says of each run that ended how it did. What ended before the console began the engine tells. */
export function ended(before: Model, after: Model): Model {
	if (before.approvals.list === after.approvals.list) return after;
	const over = after.approvals.list.filter((one) => {
		const old = approvalOf(before, one.id);
		return old && isActive(old) && isEnded(one);
	});
	return over.reduce(told, after);
}

function isEnded({ stage }: Approval): boolean {
	return 'endedAt' in stage;
}

/** `R-0097 ok 2.1 s`, and the key that takes it back. */
function told(model: Model, approval: Approval): Model {
	const named = { ...model, approvals: { ...model.approvals, named: approval.id } };
	const canGoBack = approval.stage.kind !== 'refused' && !('none' in approval.undo);
	const offer = canGoBack ? { command: 'run.roll-back', says: 'rolls back' } : undefined;
	return withNotice(named, toneOf(approval), outcomeSays(approval), offer);
}

function outcomeSays({ plan, stage }: Approval): string {
	if (!('endedAt' in stage)) return plan.run;
	const { kind, startedAt, endedAt, reason } = stage;
	const took = startedAt === undefined ? '' : ` ${span(endedAt - startedAt)}`;
	return `${plan.run} ${kind}${took}${reason === undefined ? '' : `: ${reason}`}`;
}

function toneOf({ stage }: Approval): 'good' | 'warn' | 'bad' {
	if (stage.kind === 'ok') return 'good';
	return stage.kind === 'refused' ? 'warn' : 'bad';
}
