import type { Approval } from '../../core/approval.ts';
import type { RunState } from '../../core/respond-session.ts';
import { isActive } from '../card.ts';
import { focusOf } from '../contexts.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import type { RunsState } from '../respond.ts';

/** What was begun, what it printed, and where the hand is among it. */
export function runs(model: Model, message: Message): Model {
	const next = changed(model, message);
	return next === model.runs ? model : { ...model, runs: next };
}

function changed(model: Model, message: Message): RunsState {
	const { runs } = model;
	switch (message.type) {
		case 'output': {
			if (message.approval !== runHere(model)?.id) return runs;
			const { approval, lines, leftOut } = message;
			return { ...runs, output: { approval, lines, leftOut } };
		}
		case 'run.followed':
			return { ...runs, isFollowing: !runs.isFollowing, top: lastOf(runs) };
		case 'run.chosen':
			return chosen(runs, message.approval);
		default:
			if (focusOf(model) === 'runs') return moved(model, message);
			return focusOf(model) === 'output' ? scrolled(model, message) : runs;
	}
}

/** What was begun: what nobody knows the end of first, then what runs, then what is over, the newest first. */
export function runList({ approvals }: Model): readonly Approval[] {
	return approvals.list
		.filter(wasBegun)
		.toSorted((a, b) => rankOf(a) - rankOf(b) || b.id.localeCompare(a.id));
}

/** The run under the hand; the first where the hand is nowhere. */
export function runHere(model: Model): Approval | undefined {
	const all = runList(model);
	return all.find(({ id }) => id === model.runs.selected) ?? all[0];
}

export function progressOf({ approvals }: Model, id: string): RunState | undefined {
	return approvals.runs.find(({ approval }) => approval === id);
}

function wasBegun(approval: Approval): boolean {
	return isActive(approval) || rankOf(approval) === 0 || endings.has(approval.stage.kind);
}

const endings: ReadonlySet<string> = new Set(['ok', 'failed', 'refused', 'settled']);

function rankOf(approval: Approval): number {
	if (approval.stage.kind === 'unknown') return 0;
	return isActive(approval) ? 1 : 2;
}

function moved(model: Model, message: Message): RunsState {
	const all = runList(model);
	const at = all.findIndex(({ id }) => id === runHere(model)?.id);
	const to = (line: number) =>
		chosen(model.runs, all[Math.max(0, Math.min(line, all.length - 1))]?.id);
	switch (message.type) {
		case 'cursor.moved':
			return to(at + message.by);
		case 'cursor.paged':
			return to(at + Math.trunc(message.by * 10));
		case 'cursor.sent':
			return to(message.to === 'first' ? 0 : all.length - 1);
		default:
			return model.runs;
	}
}

function chosen(runs: RunsState, id: string | undefined): RunsState {
	if (id === undefined || id === runs.selected) return runs;
	return { selected: id, isFollowing: true, top: 0 };
}

function scrolled({ runs, size }: Model, message: Message): RunsState {
	const from = runs.isFollowing ? lastOf(runs) : runs.top;
	const to = (line: number): RunsState => ({
		...runs,
		isFollowing: false,
		top: Math.max(0, Math.min(line, lastOf(runs))),
	});
	switch (message.type) {
		case 'cursor.moved':
			return to(from + message.by);
		case 'cursor.paged':
			return to(from + Math.trunc((message.by * size.rows) / 2));
		case 'cursor.sent':
			return message.to === 'first' ? to(0) : { ...runs, isFollowing: true };
		default:
			return runs;
	}
}

function lastOf({ output }: RunsState): number {
	return Math.max(0, (output?.lines.length ?? 0) - 1);
}
