import { span } from '../core/ago.ts';
import type { Approval } from '../core/approval.ts';
import type { RunState } from '../core/respond-session.ts';
import type { OutputLine } from '../core/store.ts';
import { namesOfActors, subjectOf, undoSays } from './card/words.ts';
import { atMost, blank, cell, fit, type Line, padded, type Tone } from './cell.ts';
import { titleRule } from './frame.ts';
import type { Area } from './layout.ts';
import { filled, joined, spread, toned, widthOf } from './line.ts';
import { counted, grouped } from './number.ts';
import { windowTop } from './window-top.ts';

export type RunFacts = {
	readonly run: Approval;
	/** How far it is; absent for what ended before this engine began. */
	readonly state: RunState | undefined;
	readonly output: { readonly lines: readonly OutputLine[]; readonly leftOut: number } | undefined;
	readonly isFollowing: boolean;
	/** The first line of the output, where it is not followed. */
	readonly top: number;
	/** Whether the hand is in the output. */
	readonly hasFocus: boolean;
	readonly now: number;
};

const RUN = 8;

/** One line of the list: `▶ R-0098  host.lockdown web12    running 0:14   step 2/3   by olga`. */
export function runLine(
	run: Approval,
	state: RunState | undefined,
	look: { readonly isSelected: boolean; readonly now: number; readonly columns: number },
): Line {
	const { mark, tone } = stageMark(run);
	const by = 'by' in run.stage && Array.isArray(run.stage.by) ? namesOfActors(run.stage.by) : '';
	const right = joined(
		[
			[cell(stageWord(run, look.now), tone)],
			look.columns >= 76 && state ? [cell(stepWord(state), 'muted')] : [],
			look.columns >= 90 && by !== '' ? [cell('by ', 'muted'), atMost(by, 20, 'muted')] : [],
		],
		'   ',
	);
	const left = [
		cell(look.isSelected ? '›' : ' '),
		cell(`${mark} `, tone),
		...padded(cell(run.plan.run), RUN),
		atMost(subjectOf(run.plan), Math.max(8, look.columns - RUN - widthOf(right) - 6)),
	];
	const line = filled(spread(left, [...right, blank(1)], look.columns), look.columns);
	return look.isSelected ? toned(line, 'focus') : line;
}

function stageMark({ stage }: Approval): { readonly mark: string; readonly tone: Tone } {
	switch (stage.kind) {
		case 'ok':
			return { mark: '✓', tone: 'good' };
		case 'failed':
			return { mark: '✗', tone: 'bad' };
		case 'refused':
			return { mark: '✗', tone: 'warn' };
		case 'unknown':
			return { mark: '?', tone: 'alarm' };
		case 'settled':
			return { mark: '·', tone: 'muted' };
		default:
			return { mark: '▶', tone: 'accent' };
	}
}

function stageWord({ stage }: Approval, now: number): string {
	if (stage.kind === 'running') return `RUNNING ${span(now - stage.startedAt)}`;
	if (!('endedAt' in stage)) return stage.kind;
	const took = stage.startedAt === undefined ? '' : ` ${span(stage.endedAt - stage.startedAt)}`;
	return `${stage.kind}${took}`;
}

function stepWord({ step, states }: RunState): string {
	return `step ${Math.min(step + 1, states.length)}/${states.length}`;
}

/** How the screen of runs is divided. */
export function runParts(
	area: Area,
	runs: number,
	steps: number,
): { readonly list: number; readonly steps: number; readonly output: number } {
	const list = Math.min(Math.max(runs, 1), Math.max(2, Math.floor(area.rows * 0.3)));
	const left = area.rows - list;
	// Two rules, the bar, the line on how it ended.
	const shown = Math.min(steps, Math.max(1, Math.floor((left - 4) / 2)));
	return { list, steps: shown, output: Math.max(0, left - 4 - shown) };
}

/** All that is known of one run: its steps, how far it is, what it prints, in exactly `rows` lines. */
export function runDetail(
	facts: RunFacts,
	parts: { readonly steps: number; readonly output: number },
	columns: number,
): readonly Line[] {
	const { run } = facts;
	return [
		titleRule([cell(run.plan.run, 'accent')], [cell(run.id, 'muted')], columns),
		...stepLines(facts, parts.steps, columns),
		barLine(facts, columns),
		endLine(facts, columns),
		outputRule(facts, columns),
		...outputLines(facts, parts.output, columns),
	];
}

function stepLines({ run, state }: RunFacts, rows: number, columns: number): readonly Line[] {
	const { steps } = run.plan;
	const top = windowTop(state?.step ?? 0, steps.length, rows);
	return Array.from({ length: rows }, (_, row) => {
		const at = top + row;
		const step = steps[at];
		if (!step) return [];
		const { mark, tone } = stepMarks[state?.states[at] ?? doneOf(run)];
		const says = state?.says[at] ?? '';
		const head = [blank(1), cell(`${mark} ${at + 1} `, tone)];
		const room = columns - widthOf(head) - 1;
		const half = says === '' ? room : Math.floor(room * 0.55);
		return [...head, ...fit(step.says, half), cell(' '), atMost(says, room - half - 1, 'muted')];
	});
}

const stepMarks = {
	waiting: { mark: '·', tone: 'muted' },
	running: { mark: '▶', tone: 'accent' },
	done: { mark: '✓', tone: 'good' },
	failed: { mark: '✗', tone: 'bad' },
	skipped: { mark: '·', tone: 'muted' },
} as const satisfies Record<RunState['states'][number], { mark: string; tone: Tone }>;

/** What is said of steps nobody kept a record of. */
function doneOf({ stage }: Approval): 'done' | 'waiting' {
	return stage.kind === 'ok' ? 'done' : 'waiting';
}

const BAR_MOST = 46;

/** `[################.............................]  35 %` */
function barLine({ state, run }: RunFacts, columns: number): Line {
	const count = run.plan.steps.length;
	const states = state?.states ?? [];
	const isOk = run.stage.kind === 'ok';
	const done = isOk ? count : states.filter((one) => one !== 'waiting' && one !== 'running').length;
	const share = count === 0 ? 1 : done / count;
	const width = Math.min(BAR_MOST, columns - 14);
	const full = Math.round(width * share);
	const bar = `[${'#'.repeat(full)}${'.'.repeat(Math.max(0, width - full))}]`;
	const stopping = state?.isStopping ? [cell('   stops after this step', 'warn')] : [];
	return [blank(3), cell(bar), cell(`  ${Math.round(share * 100)} %`), ...stopping];
}

/** How it ended, and what takes it back. */
function endLine({ run }: RunFacts, columns: number): Line {
	const { stage } = run;
	const undo = undoSays(run.undo);
	if ('reason' in stage && stage.reason !== undefined && stage.kind !== 'rejected') {
		const head = cell(`   ${stage.kind}: `, stageMark(run).tone);
		return [head, atMost(stage.reason, columns - head.width - 1)];
	}
	if (stage.kind === 'settled') return [blank(3), atMost(stage.note, columns - 4)];
	return [blank(3), cell('undo  ', 'muted'), atMost(undo.says, columns - 10, undo.tone)];
}

function outputRule({ output, isFollowing, run, hasFocus }: RunFacts, columns: number): Line {
	const isLive = run.stage.kind === 'running';
	const says = `${isLive ? 'live output' : 'output'} · ${isFollowing ? 'follow' : 'stands still'}`;
	const lines = output?.lines.length ?? 0;
	const left = output && output.leftOut > 0 ? `, ${grouped(output.leftOut)} left out` : '';
	return titleRule(
		[cell(says, hasFocus ? 'accent' : 'plain')],
		[cell(`${counted(lines, 'line')}${left}`, 'muted')],
		columns,
	);
}

function outputLines(
	{ output, isFollowing, top }: RunFacts,
	rows: number,
	columns: number,
): readonly Line[] {
	const lines = output?.lines ?? [];
	const from = isFollowing ? Math.max(0, lines.length - rows) : Math.min(top, lines.length);
	return Array.from({ length: rows }, (_, row) => {
		const line = lines[from + row];
		if (!line) return [];
		const tone = line.stream === 'err' ? 'warn' : line.stream === 'note' ? 'accent' : 'plain';
		return [blank(1), cell(`${line.step + 1} `, 'muted'), atMost(line.text, columns - 5, tone)];
	});
}
