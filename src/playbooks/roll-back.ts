import { type Progress, Refusal } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import type { Tools } from '../core/tools.ts';
import { planEntry } from './plan-leaf.ts';
import type { FindAction } from './playbook.ts';
import type { StepUndo } from './undo-list.ts';

/** Takes steps back, the last first; gives those that are left because they could not be. Each is tried, whatever became of another. */
export async function* rollBack(
	undos: readonly StepUndo[],
	find: FindAction,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress, readonly StepUndo[]> {
	const left: StepUndo[] = [];
	for (const one of undos.toReversed()) {
		if ('none' in one.undo) continue;
		try {
			for await (const told of takenBack(one, find, tools, stop)) {
				if (told.kind === 'note') yield { kind: 'note', says: `undo of ${one.id}: ${told.says}` };
			}
			yield { kind: 'note', says: `${one.id} is taken back` };
		} catch (error) {
			left.unshift(one);
			yield { kind: 'note', says: `${one.id} could not be taken back: ${reasonOf(error)}` };
		}
	}
	return left;
}

async function* takenBack(
	{ undo }: StepUndo,
	find: FindAction,
	tools: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	if ('none' in undo) return;
	const entry = find(undo.action);
	if (entry === undefined) throw new Refusal(`there is no action ${undo.action} any more`);
	const plan = await planEntry(entry, undo.action, undo.params, tools, stop);
	const reason = await entry.action.precheck(plan, tools, stop);
	if (reason !== undefined) throw new Refusal(reason);
	yield* entry.action.run(plan, tools, stop);
}
