import type { Action, Progress } from '../../src/core/action.ts';
import type { Deed, JsonObject, Plan, Undo } from '../../src/core/plan.ts';
import type { Tools } from '../../src/core/tools.ts';

const never = new AbortController().signal;

/** The plan as the engine completes it. */
export function planOf(action: Action, deed: Deed, run = 'R-0001'): Plan {
	const { kind, version, tier } = action;
	const rest = {
		action: kind,
		version,
		evidence: [],
		run,
		command: '',
		notAfter: '2026-11-21T10:00:00Z',
	};
	return { ...rest, tier, ...deed };
}

/** Plans with these parameters, as the engine would. */
export async function planned(action: Action, params: JsonObject, tools: Tools): Promise<Plan> {
	return planOf(action, await action.plan(action.parse(params), tools, never), tools.run);
}

/** Runs the plan to its end; what it told. */
export async function carriedOut(
	action: Action,
	plan: Plan,
	tools: Tools,
): Promise<readonly Progress[]> {
	const told: Progress[] = [];
	for await (const progress of action.run(plan, tools, never)) told.push(progress);
	return told;
}

/** What takes the run back, as it was told last. */
export function undoAfter(plan: Plan, told: readonly Progress[]): Exclude<Undo, { none: string }> {
	const last = told.findLast((progress) => progress.kind === 'undo');
	const undo = last?.kind === 'undo' ? last.undo : plan.undo;
	if ('none' in undo) throw new Error(`nothing to undo: ${undo.none}`);
	return undo;
}

/** Its notes, joined. */
export function notesOf(told: readonly Progress[]): string {
	return told.flatMap((progress) => (progress.kind === 'note' ? progress.says : [])).join('; ');
}
