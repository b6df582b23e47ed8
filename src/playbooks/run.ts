import { Doubt, type Progress, Refusal } from '../core/action.ts';
import { doneKey } from './inputs.ts';
import type { StepResult } from './names.ts';
import { promptOf } from './plan.ts';
import type { Ask, Item, OnError } from './playbook.ts';
import { rollBack } from './roll-back.ts';
import { isGood, runGroup, runLeaf } from './run-leaf.ts';
import { type RunSetup, RunState } from './run-state.ts';
import { itemsOfNow } from './start.ts';

/** How the steps before the last ones ended. */
type End = {
	readonly outcome: 'ok' | 'waits' | 'failed' | 'refused' | 'unknown';
	readonly says: string;
};

type Telling<Result> = AsyncGenerator<Progress, Result>;

/** A killed run is waited for ten seconds: its last steps have a little less. */
const lastMs = 8000;
const well: End = { outcome: 'ok', says: '' };

/** One go of a playbook: its steps in order, then its last ones whatever happened. */
export async function* runPlaybook(setup: RunSetup): Telling<void> {
	const state = new RunState(setup);
	let end: End | undefined;
	try {
		end = yield* runItems(state);
	} finally {
		// Whoever stops between two steps asks for nothing more: the last ones are done all the same.
		if (end === undefined) await runLastUnheard(state);
	}
	const { isUntouched } = state;
	yield* runLast(state, end);
	conclude(end, isUntouched);
}

async function* runItems(state: RunState): Telling<End> {
	const { playbook, stop } = state.setup;
	const { items, rest } = itemsOfNow(playbook, state.doneNow);
	for (let at = 0; at < items.length; at++) {
		const item = items[at];
		if (item === undefined || item.kind === 'approve') continue;
		if (stop.aborted) return { outcome: 'failed', says: `it was killed before ${item.id}` };
		const result = yield* item.kind === 'parallel'
			? runGroup(item, state, stop)
			: runLeaf(item, state, stop);
		if (isGood(result)) continue;
		const next = yield* answer(state, item, item.onError, result);
		if (typeof next === 'object') return next;
		if (next !== undefined) at = items.findIndex(({ id }) => id === next) - 1;
	}
	const [pause] = rest;
	return pause?.kind === 'approve' ? yield* askForRest(state, pause) : well;
}

/** What follows a step that did not succeed: the end, the id of a step further on, or, undefined, the next one. */
async function* answer(
	state: RunState,
	{ id }: Item,
	onError: OnError,
	{ outcome, says }: StepResult,
): Telling<End | string | undefined> {
	const failure = `${id}: ${says}`;
	const isFinal = state.setup.stop.aborted || outcome === 'unknown' || onError === 'fail';
	if (isFinal && (outcome === 'unknown' || outcome === 'refused'))
		return { outcome, says: failure };
	if (isFinal) return { outcome: 'failed', says: failure };
	if (onError === 'rollback') return yield* takeBack(state, failure);
	state.passed.push(failure);
	return typeof onError === 'object' ? onError.goto : undefined;
}

async function* takeBack(state: RunState, failure: string): Telling<End> {
	const { find, tools, stop } = state.setup;
	state.undos = yield* rollBack(state.undos, find, tools, stop);
	yield state.undo();
	const left = state.undos.map(({ id }) => id);
	const how =
		left.length === 0 ? 'what was done is taken back' : `not taken back: ${left.join(', ')}`;
	return { outcome: 'failed', says: `${failure}; ${how}` };
}

async function* askForRest(state: RunState, ask: Ask): Telling<End> {
	const { playbook, plan } = state.setup;
	const says = promptOf(ask, state.names);
	const params = { ...plan.params, [doneKey]: { ...state.doneNow, [ask.id]: {} } };
	const action = `playbook:${playbook.name}`;
	yield { kind: 'ask', action, params, says, expiresMs: ask.expiresMs };
	return { outcome: 'waits', says: `the rest waits for a yes of its own: ${says}` };
}

async function* runLast(state: RunState, end: End): Telling<void> {
	const { names, passed, setup } = state;
	names.set('outcome', end.outcome);
	names.set('reason', [end.says, ...passed].filter((says) => says !== '').join('; '));
	const late = new AbortController();
	const cancel = setup.stop.aborted
		? setup.tools.clock.after(lastMs, () => late.abort())
		: () => {};
	for (const leaf of setup.playbook.last) {
		const result = yield* runLeaf(leaf, state, late.signal);
		if (!isGood(result)) yield { kind: 'note', says: `${leaf.id}: ${result.says}` };
	}
	cancel();
}

async function runLastUnheard(state: RunState): Promise<void> {
	const end: End = { outcome: 'failed', says: 'it was stopped between two steps' };
	for await (const _told of runLast(state, end));
}

function conclude({ outcome, says }: End, isUntouched: boolean): void {
	if (outcome === 'unknown') throw new Doubt(says);
	if (outcome === 'refused' && isUntouched) throw new Refusal(says);
	if (outcome === 'failed' || outcome === 'refused') throw new Error(says);
}
