import type { Approval, Step } from '../core/approval.ts';
import { failures } from '../core/errors.ts';
import type { Json, JsonObject } from '../core/plan.ts';
import { safeText } from '../core/safe-text.ts';
import { endWords } from '../engine/away.ts';
import type { Respond } from '../engine/respond.ts';
import type { Io } from './io.ts';

/** What a run was and how it ended, as `-o json` prints it. */
export async function runReport(respond: Respond, approval: Approval): Promise<JsonObject> {
	const { id, plan, stage, undo } = approval;
	const end = await lastEnd(respond, id);
	const reason = reasonIn(stage);
	return {
		id: plan.run,
		action: plan.as ?? plan.action,
		target: plan.targets.map(({ name }) => name).join(', '),
		tier: plan.tier,
		outcome: stage.kind,
		...(reason === undefined ? {} : { reason }),
		approval: id,
		...timesOf(stage),
		...('none' in undo
			? {}
			: { undo: { action: undo.action, params: undo.params, says: undo.says } }),
		steps: stepsOf(approval, end),
	};
}

async function lastEnd({ audit }: Respond, id: string): Promise<Step | undefined> {
	let end: Step | undefined;
	for await (const { step } of audit.store.list({ id, kinds: ['end'] })) end = step;
	return end;
}

function reasonIn(stage: Approval['stage']): string | undefined {
	if ('reason' in stage) return stage.reason;
	if (stage.kind === 'superseded') return stage.because;
	return stage.kind === 'settled' ? stage.note : undefined;
}

function timesOf(stage: Approval['stage']): JsonObject {
	const started = 'startedAt' in stage ? stage.startedAt : undefined;
	const ended = 'endedAt' in stage ? stage.endedAt : undefined;
	return {
		...(started === undefined ? {} : { startedAt: new Date(started).toISOString() }),
		...(ended === undefined ? {} : { endedAt: new Date(ended).toISOString() }),
	};
}

/** The steps as they went, or as they were planned where nothing ran. */
function stepsOf({ plan }: Approval, end: Step | undefined): Json {
	const ran = end?.detail['steps'];
	const states = Array.isArray(ran) ? ran : [];
	return plan.steps.map(({ says, command }, at) => {
		const state: unknown = Reflect.get(Object(states[at]), 'state');
		return { says, command, state: typeof state === 'string' ? state : 'waiting' };
	});
}

/** ok 0, failed 1, refused and whatever was never begun 7, unknown 8. */
export function exitOf({ stage }: Approval): number {
	if (stage.kind === 'ok' || stage.kind === 'settled') return 0;
	if (stage.kind === 'failed') return failures.failed.exit;
	return stage.kind === 'unknown' ? failures.unknown.exit : failures.refused.exit;
}

/** Tells how a run ended and how it is taken back, and gives its exit code. */
export async function tellEnd(
	respond: Respond,
	approval: Approval,
	{ output, quiet }: { readonly output?: string; readonly quiet?: boolean },
	io: Io,
): Promise<number> {
	if (output === 'json') {
		const run = await runReport(respond, approval);
		io.stdout.write(`${JSON.stringify({ apiVersion: 'eventctl/v1', run })}\n`);
	} else if (!quiet) io.stderr.write(`${safeText(endWords(approval))}${wayBack(approval)}\n`);
	return exitOf(approval);
}

function wayBack({ undo, plan, stage }: Approval): string {
	if (!('startedAt' in stage) || 'none' in undo) return '';
	return ` · eventctl runs rollback ${plan.run} --yes takes it back`;
}
