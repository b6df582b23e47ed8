import type { Progress } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import type { Plan, PlanPart } from '../core/plan.ts';
import { asObject } from '../template/as-json.ts';
import { Attempt } from './attempt.ts';
import type { StepResult } from './names.ts';
import { isWanted, type Turn, turnsOf } from './plan-leaf.ts';
import type { Group, Leaf } from './playbook.ts';
import type { RunState } from './run-state.ts';
import { together } from './together.ts';

type Telling = AsyncGenerator<Progress, StepResult>;

const good: StepResult = { outcome: 'ok', says: '', out: '' };
const skipped: StepResult = { ...good, outcome: 'skipped' };

export function isGood({ outcome }: StepResult): boolean {
	return outcome === 'ok' || outcome === 'skipped';
}

/** Steps side by side; good where as many succeed as are needed. */
export async function* runGroup(
	{ leaves, concurrency, needed }: Group,
	state: RunState,
	stop: AbortSignal,
): Telling {
	const open = leaves.filter(({ id }) => !state.done.has(id));
	const tasks = open.map((leaf) => () => runMember(leaf, state, stop));
	const results = yield* together(tasks, concurrency, () => stop.aborted);
	const bad = results.filter((result) => !isGood(result));
	const succeeded = leaves.length - open.length + results.length - bad.length;
	return succeeded >= needed ? good : worst(bad);
}

async function* runMember(leaf: Leaf, state: RunState, stop: AbortSignal): Telling {
	const result = yield* runLeaf(leaf, state, stop);
	if (isGood(result) || leaf.onError !== 'continue' || result.outcome === 'unknown') return result;
	state.passed.push(`${leaf.id}: ${result.says}`);
	return good;
}

/** All turns of a leaf: they begin in order, and none after one that failed. What it publishes is there for those behind it. */
export async function* runLeaf(leaf: Leaf, state: RunState, stop: AbortSignal): Telling {
	const result = yield* runTurns(leaf, state, stop);
	state.steps[leaf.id] = result;
	if (!isGood(result)) return result;
	try {
		publish(leaf, result, state);
		return result;
	} catch (error) {
		return { ...result, outcome: 'failed', says: reasonOf(error) };
	}
}

function publish(leaf: Leaf, result: StepResult, { names, done }: RunState): void {
	const own = names.with(result);
	const published: Record<string, unknown> = Object.create(null);
	if (result.outcome === 'ok') {
		for (const [name, filling] of leaf.publish) published[name] = filling.fill(own.lookup);
	}
	done.set(leaf.id, asObject(published));
	for (const [name, value] of Object.entries(published)) names.set(name, value);
}

async function* runTurns(leaf: Leaf, state: RunState, stop: AbortSignal): Telling {
	try {
		const turns = turnsOf(leaf, state.names).filter((turn) => partOf(leaf, turn, state));
		if (turns.length === 0) return skipped;
		const tasks = turns.map((turn) => () => runTurn(leaf, turn, state, stop));
		const isEnough = (results: readonly StepResult[]) =>
			stop.aborted || results.some((result) => !isGood(result));
		const results = yield* together(tasks, leaf.foreach?.concurrency ?? 1, isEnough);
		const bad = results.filter((result) => !isGood(result));
		return bad.length > 0 ? worst(bad) : (results[0] ?? good);
	} catch (error) {
		return { outcome: 'refused', says: reasonOf(error), out: '' };
	}
}

/** The part of the plan that a turn is; one that is planned late shares its leaf's. */
function partOf(leaf: Leaf, turn: Turn, { setup }: RunState): PlanPart | undefined {
	const id = leaf.isLate ? leaf.id : turn.id;
	return setup.plan.parts?.find((part) => part.id === id);
}

async function* runTurn(leaf: Leaf, turn: Turn, state: RunState, stop: AbortSignal): Telling {
	const part = partOf(leaf, turn, state);
	if (part === undefined) return skipped;
	const offset = state.offsets.get(part.id) ?? 0;
	if (leaf.isWhenLate && !isWanted(turn.id, leaf.when, turn.names)) {
		yield { kind: 'step', step: offset, state: 'skipped' };
		return skipped;
	}
	const { tools } = state.setup;
	const plan = planOf(part, state);
	const attempt = new Attempt({ leaf, turn, plan, tools, stop, offset });
	for await (const told of attempt.run()) {
		yield told.kind === 'undo' ? state.keepUndo(turn.id, told.undo) : told;
	}
	return attempt.result;
}

/** A part with what only the whole plan has. */
function planOf({ plan }: PlanPart, { setup }: RunState): Plan | undefined {
	const { evidence, rule, notAfter } = setup.plan;
	return plan && { ...plan, evidence, notAfter, ...(rule && { rule }) };
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
