import { Doubt, type Progress, Refusal } from '../core/action.ts';
import { pause } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import type { StepResult } from './names.ts';
import { isWanted, planTurn, type Turn } from './plan-leaf.ts';
import type { Leaf } from './playbook.ts';

const maxOut = 65_536;

export type AttemptSetup = {
	readonly leaf: Leaf;
	readonly turn: Turn;
	/** Absent where it is planned now. */
	readonly plan: Plan | undefined;
	readonly tools: Tools;
	readonly stop: AbortSignal;
	/** Where its steps begin among those of the whole plan. */
	readonly offset: number;
};

/** One turn of a leaf, tried as often as its retry says. */
export class Attempt {
	result: StepResult = { outcome: 'failed', says: 'it was cut', out: '' };
	readonly #setup: AttemptSetup;
	readonly #notes: string[] = [];
	#out = '';
	#step = 0;

	constructor(setup: AttemptSetup) {
		this.#setup = setup;
	}

	/** Ends when it has succeeded or is not tried again; `result` says which. */
	async *run(): AsyncGenerator<Progress, void> {
		const { retry } = this.#setup.leaf;
		for (let count = 0; ; count++) {
			yield* this.#once();
			if (count >= (retry?.count ?? 0) || !this.#mayTryAgain()) break;
			const { tools, stop } = this.#setup;
			yield this.#line(`${this.result.says}: again in ${(retry?.delayMs ?? 0) / 1000} s\n`);
			await pause(tools.clock, retry?.delayMs ?? 0, stop);
			if (stop.aborted) break;
		}
		if (this.result.outcome !== 'ok') yield this.#state('failed');
	}

	/** What may have happened already is not done again. */
	#mayTryAgain(): boolean {
		const { leaf, turn } = this.#setup;
		if (this.result.outcome !== 'failed') return false;
		return isWanted(turn.id, leaf.retry?.when, turn.names.with(this.result));
	}

	async *#once(): AsyncGenerator<Progress, void> {
		const { leaf, stop, tools } = this.#setup;
		const late = new AbortController();
		const cancel = tools.clock.after(leaf.timeoutMs, () => late.abort());
		this.#notes.length = 0;
		this.#out = '';
		this.#step = 0;
		try {
			yield* this.#deed(AbortSignal.any([stop, late.signal]));
			this.result = this.#told('ok', this.#notes.join('; '));
		} catch (error) {
			const why = late.signal.aborted
				? `it took longer than ${leaf.timeoutMs / 1000} s (${reasonOf(error)})`
				: reasonOf(error);
			this.result = this.#told(outcomeOf(error), why);
		} finally {
			cancel();
		}
	}

	async *#deed(stop: AbortSignal): AsyncGenerator<Progress, void> {
		const { leaf, turn } = this.#setup;
		const { action } = leaf.entry;
		const tools = { ...this.#setup.tools, run: this.#setup.plan?.run ?? this.#setup.tools.run };
		yield this.#state('started');
		const plan = this.#setup.plan ?? (await planTurn(leaf, turn, tools, stop));
		if (plan.tier > 1 && this.#setup.plan === undefined) {
			throw new Refusal(`it turned out to be T${plan.tier}, and nobody has seen its plan`);
		}
		const reason = await action.precheck(plan, tools, stop);
		if (reason !== undefined) throw new Refusal(reason);
		if (!('none' in plan.undo)) yield { kind: 'undo', undo: plan.undo };
		for await (const told of action.run(plan, tools, stop)) {
			const passed = this.#hear(told);
			if (passed) yield passed;
		}
		yield this.#state('done');
	}

	/** What the step tells, as a part of the whole. */
	#hear(told: Progress): Progress | undefined {
		const { leaf, turn, offset, plan } = this.#setup;
		switch (told.kind) {
			case 'note':
				this.#notes.push(told.says);
				return { kind: 'note', says: `${turn.id}: ${told.says}` };
			case 'undo':
				return leaf.undo === undefined ? told : undefined;
			case 'step':
				this.#step = Math.min(told.step, (plan?.steps.length ?? 1) - 1);
				return { ...told, step: offset + this.#step };
			case 'output':
				this.#out = (this.#out + told.text).slice(0, maxOut);
				return { ...told, step: offset + Math.min(told.step, (plan?.steps.length ?? 1) - 1) };
			case 'ask':
				return undefined;
		}
	}

	#told(outcome: StepResult['outcome'], says: string): StepResult {
		return { outcome, says, out: this.#out };
	}

	#state(state: 'started' | 'done' | 'failed'): Progress {
		return { kind: 'step', step: this.#setup.offset + this.#step, state };
	}

	#line(text: string): Progress {
		return { kind: 'output', step: this.#setup.offset + this.#step, stream: 'err', text };
	}
}

function outcomeOf(error: unknown): StepResult['outcome'] {
	if (error instanceof Doubt) return 'unknown';
	return error instanceof Refusal ? 'refused' : 'failed';
}
