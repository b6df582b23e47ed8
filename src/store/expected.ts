import type { Step } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import type { Conflict } from '../core/store.ts';

/** The step that stands in the way of one that was written for another revision; undefined where none does. */
export function conflictWith(
	last: Step | undefined,
	step: Step,
	expect: { readonly id: string; readonly rev: number },
): Conflict | undefined {
	if (last && last.rev !== expect.rev) return { conflict: last };
	if (step.id === expect.id && step.rev === expect.rev + 1 && (last?.rev ?? 0) === expect.rev) {
		return undefined;
	}
	throw new Failure(
		'internal',
		`store: revision ${step.rev} of ${step.id} cannot follow revision ${expect.rev} of ${expect.id}`,
	);
}
