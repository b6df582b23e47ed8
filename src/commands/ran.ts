import type { Approval } from '../core/approval.ts';
import { stageSays } from '../core/stage-says.ts';
import type { ReadingLine } from '../state/overlay.ts';
import { runList } from '../state/slices/runs.ts';
import { command } from './command.ts';

/** Every run there is a record of with the commands it really gave, the newest first. */
export const ran = command({
	id: 'ran.open',
	title: 'What eventctl ran',
	blocked: (model) => (runList(model).length === 0 ? 'nothing has run yet' : undefined),
	run: (model) => [
		{ type: 'reading.opened', title: 'what eventctl ran', lines: runList(model).flatMap(linesOf) },
	],
});

function linesOf(run: Approval): readonly ReadingLine[] {
	const { plan } = run;
	const isGood = run.stage.kind === 'ok';
	return [
		{ text: `${plan.run} ${run.id} ${stageSays(run)}`, tone: isGood ? 'good' : 'warn' },
		{ text: `    ${plan.command}`, tone: 'plain' },
		...plan.steps.map(({ command }): ReadingLine => ({ text: `    ${command}`, tone: 'muted' })),
		{ text: '', tone: 'plain' },
	];
}
