import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Deed, Plan, PlanPart } from '../core/plan.ts';
import { highest } from '../core/tier.ts';
import type { Tools } from '../core/tools.ts';
import { planEntry } from './plan-leaf.ts';
import type { FindAction } from './playbook.ts';
import { type StepUndo, type UndoList, undoKind, undoListOf, undoOfAll } from './undo-list.ts';

/** Takes a playbook back: the ways back of its finished steps, the last first. One that fails stays listed. */
export function playbookUndo(find: FindAction): Action<UndoList> {
	return {
		kind: undoKind,
		version: 1,
		title: 'Take a playbook back',
		tier: 1,
		inverse: undoKind,
		example: 'playbook: contain-host\nsteps: []',
		parse: undoListOf,
		target(text) {
			throw new Failure(
				'usage',
				`${undoKind} ${text}: a playbook is taken back by its run: eventctl runs rollback R-…`,
			);
		},
		fits: () => undefined,
		plan: (list, tools, stop) => planUndo(list, find, tools, stop),
		precheck: async (plan, tools, stop) => {
			for (const { id, plan: part } of plan.parts ?? []) {
				const reason = part && (await find(part.action)?.action.precheck(part, tools, stop));
				if (reason !== undefined) return `${id}: ${reason}`;
			}
			return undefined;
		},
		run: (plan, tools, stop) => runUndo(plan, find, tools, stop),
	};
}

async function planUndo(
	{ playbook, steps, done }: UndoList,
	find: FindAction,
	tools: Tools,
	stop: AbortSignal,
): Promise<Deed> {
	if (steps.length === 0) throw new Refusal(`${playbook}: there is nothing to take back`);
	const parts: { id: string; plan: Plan }[] = [];
	for (const { id, action, params } of steps) {
		const entry = find(action);
		if (entry === undefined) throw new Refusal(`${id}: there is no action ${action} any more`);
		const own = { ...tools, run: `${tools.run}-${parts.length + 1}` };
		parts.push({ id, plan: await planEntry(entry, action, params, own, stop) });
	}
	return {
		params: { playbook, steps, done },
		targets: parts.flatMap(({ plan }) => plan.targets),
		steps: parts.flatMap(({ id, plan }) =>
			plan.steps.map(({ says, command }) => ({ says: `${id}: ${says}`, command })),
		),
		blast: [...new Set(parts.flatMap(({ plan }) => plan.blast))],
		undo: undoOfAll(
			playbook,
			parts.map(({ id, plan }) => ({ id, undo: plan.undo })),
			{},
		),
		tier: highest(1, ...parts.map(({ plan }) => plan.tier)),
		parts,
	};
}

async function* runUndo(
	plan: Plan,
	find: FindAction,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const { playbook } = undoListOf(plan.params);
	const failed: string[] = [];
	let redo: readonly StepUndo[] = [];
	let hasDoubt = false;
	let offset = 0;
	for (const part of plan.parts ?? []) {
		const before = redo;
		try {
			for await (const told of partRun(part, plan, find, tools, stop)) {
				if (told.kind === 'undo') {
					redo = [...before, { id: part.id, undo: told.undo }];
					yield { kind: 'undo', undo: undoOfAll(playbook, redo, {}) };
				} else yield 'step' in told ? { ...told, step: told.step + offset } : told;
			}
		} catch (error) {
			hasDoubt ||= error instanceof Doubt;
			failed.push(`${part.id}: ${reasonOf(error)}`);
			yield { kind: 'step', step: offset, state: 'failed', says: `${part.id}: ${reasonOf(error)}` };
		}
		offset += part.plan?.steps.length ?? 0;
	}
	if (failed.length === 0) return;
	const says = `not taken back: ${failed.join('; ')}`;
	throw hasDoubt ? new Doubt(says) : new Error(says);
}

async function* partRun(
	{ id, plan }: PlanPart,
	{ evidence, notAfter }: Plan,
	find: FindAction,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const action = plan && find(plan.action)?.action;
	if (!plan || !action) throw new Refusal(`${id}: there is no such action any more`);
	const reason = await action.precheck(plan, tools, stop);
	if (reason !== undefined) throw new Refusal(reason);
	if (!('none' in plan.undo)) yield { kind: 'undo', undo: plan.undo };
	yield* action.run({ ...plan, evidence, notAfter }, { ...tools, run: plan.run }, stop);
}
