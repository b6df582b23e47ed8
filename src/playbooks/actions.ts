import type { Action } from '../core/action.ts';
import { playbookAction } from './action.ts';
import type { FindAction, Playbook } from './playbook.ts';
import { playbookUndo } from './undo-action.ts';

/** Playbooks as actions, and the one action that takes any of them back. `find` knows the actions they are made of. */
export function playbookActions(
	playbooks: readonly Playbook[],
	find: FindAction,
): readonly Action[] {
	if (playbooks.length === 0) return [];
	return [...playbooks.map((playbook) => playbookAction(playbook, find)), playbookUndo(find)];
}
