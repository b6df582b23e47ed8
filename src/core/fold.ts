import type { Approval, Step, Terms } from './approval.ts';
import { numberIn, textIn } from './detail.ts';
import { planIn, undoIn } from './plan-in.ts';
import { advance } from './stage.ts';

/** An approval as its steps, oldest first, leave it; undefined where they do not begin with a plan. */
export function foldApproval(steps: Iterable<Step>): Approval | undefined {
	let approval: Approval | undefined;
	for (const step of steps) approval = approval ? stepped(approval, step) : proposed(step);
	return approval;
}

/** The approval that a `propose` begins; undefined for any other step and for a plan that cannot be read. */
export function proposed(step: Step): Approval | undefined {
	const plan = planIn(step.detail['plan']);
	if (step.kind !== 'propose' || !plan || step.contentHash === undefined) return undefined;
	const undoes = textIn(step, 'undoes');
	const why = textIn(step, 'why');
	return {
		id: step.id,
		rev: step.rev,
		plan,
		contentHash: step.contentHash,
		origin: origins.find((origin) => origin === step.detail['origin']) ?? 'script',
		requestedBy: step.actor,
		proposedAt: step.at,
		stage: { kind: 'proposed', by: [] },
		undo: plan.undo,
		...(undoes === undefined ? {} : { undoes }),
		repeats: 0,
		...(why === undefined ? {} : { why }),
	};
}

/** The approval after one more of its steps. A step that does not apply changes its revision and nothing else. */
export function stepped(approval: Approval, step: Step): Approval {
	const next = { ...approval, rev: step.rev };
	switch (step.kind) {
		case 'undo-known':
			return withUndo(next, step);
		case 'repeat':
			return { ...next, repeats: numberIn(step, 'count') ?? approval.repeats };
		case 'snooze':
			return { ...next, snoozedUntil: textIn(step, 'until') ?? step.at };
		default:
			return { ...next, stage: advance(approval.stage, step, termsOf(approval)) };
	}
}

/** What the steps of an approval are judged by. */
function termsOf({ plan, contentHash, requestedBy }: Approval): Terms {
	return {
		contentHash,
		tier: plan.tier,
		requester: requestedBy.id,
		notAfter: Date.parse(plan.notAfter),
	};
}

const origins: readonly Approval['origin'][] = ['rule', 'operator', 'undo', 'script'];

/** Only the run itself knows its way back; a result that comes late still may tell it. */
function withUndo(approval: Approval, step: Step): Approval {
	const { stage } = approval;
	const undo = undoIn(step.detail['undo']);
	const isOfRun = stage.kind === 'running' || stage.kind === 'unknown';
	return undo && isOfRun && numberIn(step, 'epoch') === stage.epoch
		? { ...approval, undo }
		: approval;
}
