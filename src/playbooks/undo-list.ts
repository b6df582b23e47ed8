import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { JsonObject, Undo } from '../core/plan.ts';
import type { Done } from './start.ts';

/** The kind of the action that takes a playbook back. */
export const undoKind = 'playbook.undo';

/** A step's way back. */
export type StepUndo = { readonly id: string; readonly undo: Undo };

const step = z.strictObject({
	id: z.string().min(1),
	action: z.string().min(1),
	params: z.record(z.string(), z.json()),
	says: z.string(),
});

const schema = z.strictObject({
	playbook: z.string().min(1),
	/** In the order they are to be taken back. */
	steps: z.array(step).max(500),
	done: z.record(z.string(), z.record(z.string(), z.json())).default({}),
});

export type UndoList = z.infer<typeof schema>;

/** The parameters of the undo of a playbook, checked. */
export function undoListOf(raw: unknown): UndoList {
	const parsed = schema.safeParse(raw);
	if (parsed.success) return parsed.data;
	throw new Failure(
		'usage',
		`${undoKind}: takes a playbook and its steps, last first: a run's undo has them`,
	);
}

/** What takes back all of some steps, the last first; `done` is what a retry need not do again. */
export function undoOfAll(playbook: string, undos: readonly StepUndo[], done: Done): Undo {
	const steps = undos
		.flatMap(({ id, undo }) => ('none' in undo ? [] : [{ id, ...undo }]))
		.map(({ id, action, params, says }) => ({ id, action, params, says }))
		.reverse();
	if (steps.length === 0) return { none: 'none of its steps can be taken back' };
	const params: JsonObject = { playbook, steps, done };
	return {
		action: undoKind,
		params,
		says: steps.map(({ id, says }) => `${id}: ${says}`).join('; '),
	};
}
