import assert from 'node:assert/strict';
import type { Action, Progress } from '../../src/core/action.ts';
import { problemText } from '../../src/core/file-problem.ts';
import type { JsonObject, Plan, Undo } from '../../src/core/plan.ts';
import { playbookActions } from '../../src/playbooks/actions.ts';
import { compilePlaybooks } from '../../src/playbooks/compile-playbooks.ts';
import { type ToyWorld, toyWorld } from './toy-actions.ts';

export const never = new AbortController().signal;

/** The problems of a file with playbooks over toys. */
export function playbookProblems(text: string): readonly string[] {
	const { find, names } = toyWorld();
	return compilePlaybooks([{ path: 'p.yaml', text }], find, names).problems.map(problemText);
}

/** A playbook over toys that must be right. */
export function aPlaybook(
	text: string,
	world: ToyWorld = toyWorld(),
): { action: Action; undo: Action; world: ToyWorld } {
	const { playbooks, problems } = compilePlaybooks(
		[{ path: 'p.yaml', text }],
		world.find,
		world.names,
	);
	assert.deepEqual(problems.map(problemText), []);
	const [action, undo] = playbookActions(playbooks, world.find);
	assert.ok(action && undo);
	return { action, undo, world };
}

/** As the engine does: the deed becomes a plan, of which nothing but its text is left. */
export async function planned(
	action: Action,
	params: JsonObject,
	{ tools }: ToyWorld,
): Promise<Plan> {
	const deed = await action.plan(action.parse(params), tools, never);
	const plan: Plan = {
		...deed,
		action: action.kind,
		version: action.version,
		tier: deed.tier ?? action.tier,
		evidence: [],
		run: tools.run,
		command: '',
		notAfter: '2026-11-21T04:00:00Z',
	};
	return JSON.parse(JSON.stringify(plan));
}

export type Ran = {
	readonly told: readonly Progress[];
	/** The last way back that was told. */
	readonly undo: Undo | undefined;
	/** The name of what it threw, and its sentence. */
	readonly threw: string | undefined;
};

/** Runs a plan to its end. */
export async function ran(
	action: Action,
	plan: Plan,
	{ tools }: ToyWorld,
	stop: AbortSignal = never,
	onTold: (told: Progress) => void = () => {},
): Promise<Ran> {
	const told: Progress[] = [];
	let threw: string | undefined;
	try {
		for await (const progress of action.run(plan, tools, stop)) {
			told.push(progress);
			onTold(progress);
		}
	} catch (error) {
		assert.ok(error instanceof Error);
		threw = `${error.name}: ${error.message}`;
	}
	const undo = told.findLast((progress) => progress.kind === 'undo');
	return { told, threw, undo: undo?.kind === 'undo' ? undo.undo : undefined };
}

/** Plans and runs. */
export async function done(
	text: string,
	params: JsonObject = {},
	world: ToyWorld = toyWorld(),
): Promise<Ran & { world: ToyWorld }> {
	const { action } = aPlaybook(text, world);
	return { ...(await ran(action, await planned(action, params, world), world)), world };
}
