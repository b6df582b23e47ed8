import type { Action, Progress } from '../../src/core/action.ts';
import type { Deed, Plan } from '../../src/core/plan.ts';
import type { Tools } from '../../src/core/tools.ts';
import { aBell } from './a-bell.ts';

/** The plan an engine makes of a deed. */
export function aPlan<Params>(
	{ kind, version, tier }: Action<Params>,
	deed: Deed,
	run = 'R-0098',
): Plan {
	return {
		tier,
		...deed,
		action: kind,
		version,
		evidence: [],
		run,
		command: `eventctl run ${kind}`,
		notAfter: '2026-11-21T10:00:00.000Z',
	};
}

/** A run as it goes on. */
export type ARun = {
	readonly progress: readonly Progress[];
	/** Resolves when the run ended; rejects with what it threw. */
	readonly over: Promise<void>;
	/** Waits until that step was begun. */
	reaches(step: number): Promise<void>;
};

/** Plans, checks and runs an action as an engine does. */
export async function startRun<Params>(
	action: Action<Params>,
	params: unknown,
	tools: Tools,
	stop: AbortSignal = new AbortController().signal,
): Promise<ARun> {
	const plan = aPlan(action, await action.plan(action.parse(params), tools, stop), tools.run);
	const against = await action.precheck(plan, tools, stop);
	if (against !== undefined) throw new Error(`the precheck says: ${against}`);
	const progress: Progress[] = [];
	const bell = aBell();
	const over = (async () => {
		for await (const told of action.run(plan, tools, stop)) {
			progress.push(told);
			bell.ring();
		}
	})();
	// Whoever waits for its end is told; nobody must.
	over.catch(() => bell.ring());
	const isAt = (step: number) =>
		progress.some((told) => told.kind === 'step' && told.step === step);
	const reaches = (step: number) =>
		Promise.race([bell.until(`step ${step}`, () => isAt(step)), over]);
	return { progress, over, reaches };
}

/** Runs an action to its end and answers what it told. */
export async function finished<Params>(
	action: Action<Params>,
	params: unknown,
	tools: Tools,
): Promise<readonly Progress[]> {
	const run = await startRun(action, params, tools);
	await run.over;
	return run.progress;
}

/** The sentences a run left for its outcome. */
export function notesOf(progress: readonly Progress[]): readonly string[] {
	return progress.flatMap((told) => (told.kind === 'note' ? [told.says] : []));
}

/** What its steps said when they were done. */
export function saidOf(progress: readonly Progress[], step: number): string {
	const said = progress.findLast((told) => told.kind === 'step' && told.step === step);
	return (said?.kind === 'step' ? said.says : undefined) ?? '';
}
