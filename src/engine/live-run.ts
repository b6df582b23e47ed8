import type { Progress } from '../core/action.ts';
import type { Approval } from '../core/approval.ts';
import type { RunState } from '../core/respond-session.ts';
import type { Outputs } from '../core/store.ts';

type StepState = RunState['states'][number];

/** A run that is on its way in this process: how far it is, and how it is stopped. */
export class LiveRun {
	readonly approval: Approval;
	/** Sentences for the outcome, in the order they came. */
	readonly notes: string[] = [];
	readonly #states: StepState[];
	readonly #says: string[];
	readonly #outputs: Outputs;
	readonly #onChange: () => void;
	readonly #kill = new AbortController();
	#step = 0;
	#lines = 0;
	#stopsAfterStep: string | undefined;

	constructor(approval: Approval, outputs: Outputs, onChange: () => void) {
		const { steps } = approval.plan;
		this.approval = approval;
		this.#states = steps.map(() => 'waiting');
		this.#says = steps.map(({ says }) => says);
		this.#outputs = outputs;
		this.#onChange = onChange;
	}

	/** Aborts when the run is to be killed; its reason is a sentence. */
	get killed(): AbortSignal {
		return this.#kill.signal;
	}

	kill(reason: string): void {
		this.#kill.abort(reason);
		this.#onChange();
	}

	/** Nothing is begun after the step that is on its way; undefined takes that back. */
	stopAfterStep(reason: string | undefined): void {
		this.#stopsAfterStep = reason;
		this.#onChange();
	}

	/** Why the run ends before its next step; undefined where it goes on, or has none left. */
	get stopped(): string | undefined {
		const isLast = this.#states.every((state) => state !== 'waiting');
		if (this.#stopsAfterStep === undefined || isLast) return undefined;
		return `${this.#stopsAfterStep} after step ${this.#step + 1} of ${this.#states.length}`;
	}

	/** Takes note of what the deed tells. */
	hear(progress: Progress): void {
		if (progress.kind === 'note') this.notes.push(progress.says);
		if (progress.kind === 'step') this.#move(progress);
		if (progress.kind === 'output') this.#print(progress);
		this.#onChange();
	}

	/** Whatever was running when it ended did not get to its end. */
	end(isGood: boolean): void {
		for (const [at, state] of this.#states.entries()) {
			if (state === 'running') this.#states[at] = isGood ? 'done' : 'failed';
			if (state === 'waiting') this.#states[at] = isGood ? 'done' : 'skipped';
		}
		this.#outputs.end(this.approval.plan.run);
		this.#onChange();
	}

	get state(): RunState {
		return {
			approval: this.approval.id,
			step: this.#step,
			states: [...this.#states],
			says: [...this.#says],
			lines: this.#lines,
			isStopping: this.#stopsAfterStep !== undefined,
		};
	}

	#move({ step, state, says }: Extract<Progress, { kind: 'step' }>): void {
		if (step < 0 || step >= this.#states.length) return;
		this.#step = step;
		this.#states[step] = state === 'started' ? 'running' : state;
		if (says !== undefined) this.#says[step] = says;
	}

	#print({ step, stream, text }: Extract<Progress, { kind: 'output' }>): void {
		this.#lines += text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
		this.#outputs.write(this.approval.plan.run, step, stream, text);
	}
}
