import { Doubt, type Progress, Refusal } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import type { JsonObject, Plan, PlanPart } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { asObject } from '../template/as-json.ts';
import { Attempt } from './attempt.ts';
import { doneKey } from './inputs.ts';
import type { Names, StepResult } from './names.ts';
import { promptOf, stepsOf } from './plan.ts';
import { isWanted, type Turn, turnsOf } from './plan-leaf.ts';
import type { Ask, FindAction, Group, Leaf, OnError, Playbook } from './playbook.ts';
import { rollBack } from './roll-back.ts';
import { type Done, doneIn, itemsOfNow, namesAtStart } from './start.ts';
import { together } from './together.ts';
import { type StepUndo, undoOfAll } from './undo-list.ts';

/** How the steps before the last ones ended. */
type End = {
	readonly outcome: 'ok' | 'waits' | 'failed' | 'refused' | 'unknown';
	readonly says: string;
};

export type RunSetup = {
	readonly playbook: Playbook;
	readonly plan: Plan;
	readonly tools: Tools;
	readonly stop: AbortSignal;
	readonly find: FindAction;
};

type Telling<Result> = AsyncGenerator<Progress, Result>;

const lastMs = 8000;
const good: StepResult = { outcome: 'ok', says: '', out: '' };

/** One go of a playbook: its steps in order, then its last ones whatever happened. */
export class PlaybookRun {
	readonly #setup: RunSetup;
	readonly #names: Names;
	readonly #done: Map<string, JsonObject>;
	readonly #steps: Record<string, StepResult> = Object.create(null);
	/** Ways back, in the order their steps began. */
	#undos: readonly StepUndo[] = [];
	readonly #offsets = new Map<string, number>();
	/** What failed and was let pass. */
	readonly #passed: string[] = [];

	constructor(setup: RunSetup) {
		const { playbook, plan, tools } = setup;
		this.#setup = setup;
		this.#names = namesAtStart(playbook, plan.params, tools);
		this.#names.set('steps', this.#steps);
		this.#done = new Map(Object.entries(doneIn(plan.params)));
		let offset = 0;
		for (const part of plan.parts ?? []) {
			this.#offsets.set(part.id, offset);
			offset += stepsOf(playbook, part).length;
		}
	}

	async *run(): Telling<void> {
		let end: End | undefined;
		try {
			end = yield* this.#items();
		} finally {
			// Whoever stops between two steps asks for nothing more: the last ones are done all the same.
			if (end === undefined) await this.#lastUnheard();
		}
		const isUntouched = this.#isUntouched();
		yield* this.#last(end);
		conclude(end, isUntouched);
	}

	async *#items(): Telling<End> {
		const { items, rest } = itemsOfNow(this.#setup.playbook, this.#doneNow());
		for (let at = 0; at < items.length; at++) {
			const item = items[at];
			if (item === undefined || item.kind === 'approve') continue;
			if (this.#setup.stop.aborted)
				return { outcome: 'failed', says: `it was killed before ${item.id}` };
			const result = yield* item.kind === 'parallel'
				? this.#group(item)
				: this.#leaf(item, this.#setup.stop);
			if (isGood(result)) continue;
			const answer = yield* this.#answer(item.id, item.onError, result);
			if (typeof answer === 'object') return answer;
			at = items.findIndex(({ id }) => id === answer) - 1;
		}
		const [pause] = rest;
		return pause?.kind === 'approve' ? yield* this.#pause(pause) : { outcome: 'ok', says: '' };
	}

	/** What follows a step that did not succeed: the end, or the id of the step to go on with. */
	async *#answer(
		id: string,
		onError: OnError,
		{ outcome, says }: StepResult,
	): Telling<End | string> {
		const failure = `${id}: ${says}`;
		const end: End = {
			outcome: outcome === 'ok' || outcome === 'skipped' ? 'failed' : outcome,
			says: failure,
		};
		if (this.#setup.stop.aborted) return end;
		if (outcome === 'unknown' || onError === 'fail') return end;
		if (onError === 'rollback') return yield* this.#rolledBack(failure);
		this.#passed.push(failure);
		const { items } = this.#setup.playbook;
		const next =
			onError === 'continue'
				? items[items.findIndex((item) => item.id === id) + 1]?.id
				: onError.goto;
		return next ?? { outcome: 'ok', says: '' };
	}

	async *#rolledBack(failure: string): Telling<End> {
		const { find, tools, stop } = this.#setup;
		this.#undos = yield* rollBack(this.#undos, find, tools, stop);
		yield this.#undo();
		const left = this.#undos.filter(({ undo }) => !('none' in undo)).map(({ id }) => id);
		const how =
			left.length === 0 ? 'what was done is taken back' : `not taken back: ${left.join(', ')}`;
		return { outcome: 'failed', says: `${failure}; ${how}` };
	}

	async *#pause(ask: Ask): Telling<End> {
		const says = promptOf(ask, this.#names);
		const { playbook, plan } = this.#setup;
		const params = { ...plan.params, [doneKey]: { ...this.#doneNow(), [ask.id]: {} } };
		const action = `playbook:${playbook.name}`;
		yield { kind: 'ask', action, params, says, expiresMs: ask.expiresMs };
		return { outcome: 'waits', says: `the rest waits for a yes of its own: ${says}` };
	}

	async *#group({ leaves, concurrency, needed }: Group): Telling<StepResult> {
		const open = leaves.filter(({ id }) => !this.#done.has(id));
		const tasks = open.map((leaf) => () => this.#leaf(leaf, this.#setup.stop));
		const results = yield* together(tasks, concurrency, () => this.#setup.stop.aborted);
		const bad = results.filter((result) => !isGood(result));
		const succeeded = leaves.length - open.length + results.length - bad.length;
		if (succeeded >= needed) return good;
		return worst(bad);
	}

	/** All turns of a leaf: they begin in order, and none after one that failed. */
	async *#leaf(leaf: Leaf, stop: AbortSignal): Telling<StepResult> {
		const result = yield* this.#turns(leaf, stop);
		this.#steps[leaf.id] = result;
		if (!isGood(result)) return result;
		const names = this.#names.with(result);
		const published: Record<string, unknown> = Object.create(null);
		try {
			if (result.outcome === 'ok') {
				for (const [name, filling] of leaf.publish) published[name] = filling.fill(names.lookup);
			}
		} catch (error) {
			return { ...result, outcome: 'failed', says: reasonOf(error) };
		}
		for (const [name, value] of Object.entries(published)) this.#names.set(name, value);
		this.#done.set(leaf.id, asObject(published));
		return result;
	}

	async *#turns(leaf: Leaf, stop: AbortSignal): Telling<StepResult> {
		try {
			const planned = this.#setup.plan.parts?.filter(
				({ id }) => id === leaf.id || id.startsWith(`${leaf.id}[`),
			);
			const turns = turnsOf(leaf, this.#names).filter(
				(turn) => leaf.isLate || planned?.some(({ id }) => id === turn.id),
			);
			if (turns.length === 0) return { ...good, outcome: 'skipped' };
			const tasks = turns.map((turn) => () => this.#turn(leaf, turn, stop));
			const hasFailed = (results: readonly StepResult[]) =>
				stop.aborted || results.some((result) => !isGood(result));
			const results = yield* together(tasks, leaf.foreach?.concurrency ?? 1, hasFailed);
			const bad = results.filter((result) => !isGood(result));
			return bad.length > 0 ? worst(bad) : (results[0] ?? good);
		} catch (error) {
			return { outcome: 'refused', says: reasonOf(error), out: '' };
		}
	}

	async *#turn(leaf: Leaf, turn: Turn, stop: AbortSignal): Telling<StepResult> {
		const part = this.#setup.plan.parts?.find(({ id }) => id === turn.id || id === leaf.id);
		if (part === undefined) return { ...good, outcome: 'skipped' };
		const offset = this.#offsets.get(part.id) ?? 0;
		if (leaf.isWhenLate && !isWanted(turn.id, leaf.when, turn.names)) {
			yield { kind: 'step', step: offset, state: 'skipped' };
			return { ...good, outcome: 'skipped' };
		}
		const attempt = new Attempt({
			...this.#setup,
			leaf,
			turn,
			stop,
			offset,
			plan: this.#planOf(part),
		});
		for await (const told of attempt.run()) {
			if (told.kind === 'undo') {
				this.#undos = [
					...this.#undos.filter(({ id }) => id !== turn.id),
					{ id: turn.id, undo: told.undo },
				];
				yield this.#undo();
			} else yield told;
		}
		return attempt.result;
	}

	/** A part with what only the whole plan has. */
	#planOf({ plan }: PlanPart): Plan | undefined {
		const { evidence, rule, notAfter } = this.#setup.plan;
		return plan && { ...plan, evidence, notAfter, ...(rule && { rule }) };
	}

	async *#last(end: End): Telling<void> {
		this.#names.set('outcome', end.outcome);
		this.#names.set('reason', [end.says, ...this.#passed].filter((says) => says !== '').join('; '));
		const { stop, cancel } = this.#lastStop();
		for (const leaf of this.#setup.playbook.last) {
			const result = yield* this.#leaf(leaf, stop);
			if (!isGood(result)) yield { kind: 'note', says: `${leaf.id}: ${result.says}` };
		}
		cancel();
	}

	/** What was killed must end soon: its last steps have as long as a killed run is waited for, and a little less. */
	#lastStop(): { readonly stop: AbortSignal; readonly cancel: () => void } {
		const late = new AbortController();
		if (!this.#setup.stop.aborted) return { stop: late.signal, cancel: () => {} };
		return { stop: late.signal, cancel: this.#setup.tools.clock.after(lastMs, () => late.abort()) };
	}

	async #lastUnheard(): Promise<void> {
		const telling = this.#last({ outcome: 'failed', says: 'it was stopped between two steps' });
		for await (const _told of telling);
	}

	#isUntouched(): boolean {
		return Object.values(this.#steps).every(
			({ outcome }) => outcome === 'refused' || outcome === 'skipped',
		);
	}

	#undo(): Progress {
		return {
			kind: 'undo',
			undo: undoOfAll(this.#setup.playbook.name, this.#undos, this.#doneNow()),
		};
	}

	#doneNow(): Done {
		return Object.fromEntries(this.#done);
	}
}

function conclude({ outcome, says }: End, isUntouched: boolean): void {
	if (outcome === 'unknown') throw new Doubt(says);
	if (outcome === 'refused' && isUntouched) throw new Refusal(says);
	if (outcome === 'failed' || outcome === 'refused') throw new Error(says);
}

function isGood({ outcome }: StepResult): boolean {
	return outcome === 'ok' || outcome === 'skipped';
}

/** Of results that are not good, the one that says most about the world: unknown before failed before refused. */
function worst(bad: readonly StepResult[]): StepResult {
	const order = ['unknown', 'failed', 'refused'] as const;
	const found = order.flatMap((outcome) => bad.filter((result) => result.outcome === outcome));
	const [first] = found;
	return {
		outcome: first?.outcome ?? 'failed',
		says: found.map(({ says }) => says).join('; '),
		out: '',
	};
}
