import type { Progress } from '../core/action.ts';
import type { JsonObject, Plan, Undo } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import type { Names, StepResult } from './names.ts';
import { stepsOf } from './plan.ts';
import type { FindAction, Playbook } from './playbook.ts';
import { type Done, doneIn, namesAtStart } from './start.ts';
import { type StepUndo, undoOfAll } from './undo-list.ts';

export type RunSetup = {
	readonly playbook: Playbook;
	readonly plan: Plan;
	readonly tools: Tools;
	readonly stop: AbortSignal;
	readonly find: FindAction;
};

/** What a go of a playbook knows and has done so far. */
export class RunState {
	readonly setup: RunSetup;
	readonly names: Names;
	readonly done: Map<string, JsonObject>;
	readonly steps: Record<string, StepResult> = Object.create(null);
	/** Where each part's steps begin among those of the plan. */
	readonly offsets = new Map<string, number>();
	/** What failed and was let pass. */
	readonly passed: string[] = [];
	/** Ways back, in the order their steps began. */
	undos: readonly StepUndo[] = [];

	constructor(setup: RunSetup) {
		const { playbook, plan, tools } = setup;
		this.setup = setup;
		this.names = namesAtStart(playbook, plan.params, tools);
		this.names.set('steps', this.steps);
		this.done = new Map(Object.entries(doneIn(plan.params)));
		let offset = 0;
		for (const part of plan.parts ?? []) {
			this.offsets.set(part.id, offset);
			offset += stepsOf(playbook, part).length;
		}
	}

	get doneNow(): Done {
		return Object.fromEntries(this.done);
	}

	/** Whether no step has done anything. */
	get isUntouched(): boolean {
		return Object.values(this.steps).every(
			({ outcome }) => outcome === 'refused' || outcome === 'skipped',
		);
	}

	/** A step's way back replaces the one it had. */
	keepUndo(id: string, undo: Undo): Progress {
		this.undos = [...this.undos.filter((one) => one.id !== id), { id, undo }];
		return this.undo();
	}

	/** What takes back all that was begun. */
	undo(): Progress {
		return {
			kind: 'undo',
			undo: undoOfAll(this.setup.playbook.name, this.undos, this.doneNow),
		};
	}
}
