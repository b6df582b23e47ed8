import type { Approval } from '../core/approval.ts';
import { stageSays } from '../core/stage-says.ts';
import { approvalOf, cardOf, isActive } from '../state/card.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { recordHere } from '../state/slices/audit.ts';
import { progressOf, runHere, runList } from '../state/slices/runs.ts';
import { type Command, command, type Given } from './command.ts';

/** A command about the run under the hand. */
function onRun(
	given: Omit<Given, 'run' | 'blocked'> & {
		blocked?(run: Approval, model: Model): string | undefined;
		run(run: Approval, model: Model): readonly Message[];
	},
): Command {
	const here = (model: Model) => (model.screen === 'runs' ? runHere(model) : undefined);
	return command({
		contexts: ['runs'],
		...given,
		blocked: (model) => {
			const run = here(model);
			return run ? given.blocked?.(run, model) : 'no run is here';
		},
		run: (model) => {
			const run = here(model);
			return run ? given.run(run, model) : [];
		},
	});
}

function whyIdle(run: Approval): string | undefined {
	return isActive(run) ? undefined : `${run.plan.run} is over: it ${stageSays(run)}`;
}

export const stop = onRun({
	id: 'run.stop',
	title: 'Stop after this step, or go on',
	hint: 'stop after step',
	tier: 1,
	blocked: whyIdle,
	run: ({ id }, model) => [
		{ type: 'run.stopped', approval: id, isWanted: !progressOf(model, id)?.isStopping },
	],
});

export const kill = onRun({
	id: 'run.kill',
	title: 'Kill it now',
	hint: 'kill',
	tier: 2,
	blocked: whyIdle,
	run: ({ id }) => [{ type: 'run.killed', approval: id }],
});

export const retry = onRun({
	id: 'run.retry',
	title: 'Plan the same again',
	tier: 2,
	blocked: (run) => (isActive(run) ? `${run.plan.run} still runs` : undefined),
	run: ({ id, plan }) => [
		{ type: 'deed.wanted', ask: { type: 'retry.asked', approval: id }, says: `${plan.run} again` },
	],
});

export const settle = onRun({
	id: 'run.settle',
	title: 'Settle what nobody knows, with a note',
	reach: () => ({ tier: 1, what: 'a note on a run' }),
	blocked: ({ stage, plan }) =>
		stage.kind === 'unknown' ? undefined : `${plan.run} is not unknown: there is nothing to settle`,
	run: ({ id }) => [{ type: 'prompt.opened', kind: 'settle', text: '', about: { approval: id } }],
});

export const follow = onRun({
	id: 'run.follow',
	title: 'Follow its output, or stand still',
	hint: 'follow',
	run: () => [{ type: 'run.followed' }],
});

export const output = onRun({
	id: 'run.output',
	title: 'All its output in the pager',
	hint: 'pager',
	blocked: (_, { runs }) => (runs.output ? undefined : 'it has printed nothing yet'),
	run: ({ plan }, { runs }) => {
		const text = runs.output?.lines.map((line) => `${line.step + 1} ${line.text}`).join('\n');
		return [{ type: 'text.paged', title: plan.run, text: text ?? '' }];
	},
});

export const rollBack = command({
	id: 'run.roll-back',
	title: 'Roll back: this run, or my newest',
	hint: 'roll back…',
	tier: 2,
	contexts: ['runs', 'audit', 'events', 'detail', 'approvals'],
	reach: (model) => {
		const undo = runToUndo(model)?.undo;
		return undo && 'action' in undo ? { tier: 2, what: undo.action } : undefined;
	},
	blocked: (model) => {
		const run = runToUndo(model);
		return run ? whyNoWayBack(run, model) : 'no run of yours is there to roll back';
	},
	run: (model) => {
		const run = runToUndo(model);
		if (!run) return [];
		const ask = { type: 'undo.asked', approval: run.id } as const;
		return [{ type: 'deed.wanted', ask, says: `the undo of ${run.plan.run}` }];
	},
});

/** On the screens that show runs the one under the hand; elsewhere the one a notice named, else my newest. */
function runToUndo(model: Model): Approval | undefined {
	const { screen, approvals } = model;
	if (screen === 'runs') return runHere(model);
	if (screen === 'audit') return approvalOf(model, recordHere(model)?.step.id);
	const named = approvalOf(model, approvals.named);
	if (named && whyNoWayBack(named, model) === undefined) return named;
	const mine = runList(model)
		.filter((run) => isMine(run, model) && whyNoWayBack(run, model) === undefined)
		.toSorted((a, b) => b.id.localeCompare(a.id));
	return mine[0] ?? named;
}

function isMine({ stage }: Approval, { approvals: { you } }: Model): boolean {
	return 'endedAt' in stage && stage.by.some(({ id }) => id === you?.id);
}

function whyNoWayBack({ id, plan, stage, undo }: Approval, model: Model): string | undefined {
	if (stage.kind === 'refused') return `${plan.run} was refused: it changed nothing`;
	if (!('endedAt' in stage) && stage.kind !== 'settled') return `${plan.run} is not over`;
	if ('none' in undo) return `${plan.run} cannot be undone: ${undo.none}`;
	const back = model.approvals.list.find(
		(one) => one.undoes === id && (one.stage.kind === 'ok' || isActive(one)),
	);
	return back ? `${plan.run} is rolled back by ${back.plan.run}` : undefined;
}

export const copyDeed = command({
	id: 'deed.copy',
	title: 'Copy the deed as a command line',
	contexts: ['approvals', 'runs', 'audit', 'dialog'],
	blocked: (model) => (deedHere(model) ? undefined : 'there is no deed here to copy'),
	run: (model) => {
		const deed = deedHere(model);
		if (!deed) return [];
		return [{ type: 'text.copied', text: deed.plan.command, what: 'the command line' }];
	},
});

function deedHere(model: Model): Approval | undefined {
	if (model.screen === 'runs') return cardOf(model) ?? runHere(model);
	if (model.screen === 'audit') return approvalOf(model, recordHere(model)?.step.id);
	return cardOf(model);
}
