import type { Approval } from '../core/approval.ts';
import { engineActor } from './actors.ts';
import type { AuditLog } from './audit-log.ts';

const stages: readonly Approval['stage']['kind'][] = [
	'proposed',
	'approved',
	'claimed',
	'running',
	'ok',
];

/** The approval that takes this one's run back, or already has; undefined where none is under way. */
export function undoUnderWay({ approvals }: AuditLog, id: string): Approval | undefined {
	return approvals.find(({ undoes, stage }) => undoes === id && stages.includes(stage.kind));
}

/** Only the engine asks whether something is still needed; who answers by hand gets a plan of their own. */
export function isQuestion({ stage, requestedBy, undoes }: Approval): boolean {
	return stage.kind === 'proposed' && undoes !== undefined && requestedBy.id === engineActor.id;
}
