import { span } from '../core/ago.ts';
import type { Approval, Step } from '../core/approval.ts';
import { textIn } from '../core/detail.ts';
import type { Kept, Verdict } from '../core/store.ts';
import { pinnedTargets, subjectOf, tierWord, undoSays } from './card/words.ts';
import { blank, cell, fit, type Line, padded, type Tone } from './cell.ts';
import { filled, toned } from './line.ts';
import { counted, grouped } from './number.ts';
import { clockTime, dayTime, type TimeFormat } from './time.ts';
import { hanging } from './wrap.ts';

export type AuditLook = {
	readonly columns: number;
	readonly time: TimeFormat;
	readonly now: number;
};

type AuditColumn = 'time' | 'who' | 'what' | 'result' | 'why';
type Placed = { readonly name: AuditColumn; readonly width: number };

const captions = {
	time: 'TIME',
	who: 'WHO',
	what: 'WHAT',
	result: 'RESULT',
	why: 'WHY',
} as const satisfies Record<AuditColumn, string>;

/** What the table may look like, widest first; what was done takes what is left. */
const shapes = [
	{ from: 150, time: 14, who: 16, why: 48 },
	{ from: 110, time: 14, who: 12, why: 30 },
	{ from: 76, time: 8, who: 10, why: 14 },
	{ from: 0, time: 8, who: 8, why: 0 },
] as const;
const RESULT = 9;

function columnsOf(available: number): readonly Placed[] {
	const shape = shapes.find(({ from }) => available >= from) ?? shapes[3];
	const { time, who, why } = shape;
	const taken = time + who + RESULT + why + 5 + (why > 0 ? 1 : 0);
	const all: Placed[] = [
		{ name: 'time', width: time },
		{ name: 'who', width: who },
		{ name: 'what', width: available - taken },
		{ name: 'result', width: RESULT },
		{ name: 'why', width: why },
	];
	return all.filter(({ width }) => width > 0);
}

export function auditCaptions(columns: number): Line {
	return placed(columnsOf(columns), (name, width) => padded(cell(captions[name], 'muted'), width));
}

/** A record as one line; `approval` is what it is about, where that is still known. */
export function auditLine(
	{ step }: Kept,
	approval: Approval | undefined,
	isSelected: boolean,
	look: AuditLook,
): Line {
	const line = placed(columnsOf(look.columns), (name, width) => {
		if (name === 'time') return fit(timeOf(step, width, look), width, 'muted');
		if (name === 'who') return fit(step.actor.name, width);
		if (name === 'what') return fit(whatOf(step, approval), width);
		if (name === 'why') return fit(whyOf(step), width, 'muted');
		const { says, tone } = resultOf(step, approval);
		return fit(says, width, tone);
	});
	const [, ...rest] = filled(line, look.columns);
	const shown = [cell(isSelected ? '›' : ' '), ...rest];
	return isSelected ? toned(shown, 'focus') : shown;
}

function timeOf({ at }: Step, width: number, { time, now }: AuditLook): string {
	const ms = Date.parse(at);
	return width > 8 ? dayTime(ms, time, now) : clockTime(ms, time, now);
}

/** What a record tells, in an operator's words. */
function whatOf(step: Step, approval: Approval | undefined): string {
	const { id, kind } = step;
	const subject = approval ? ` ${subjectOf(approval.plan)}` : '';
	const run = approval?.plan.run ?? id;
	switch (kind) {
		case 'propose':
			return `suggest ${id}${subject}`;
		case 'approve':
			return `approve ${id}${approval ? ` (${tierWord(approval.plan.tier)}, plan ${approval.contentHash.slice(0, 6)})` : ''}`;
		case 'intend':
			return `begin ${run}${subject}`;
		case 'end':
			return `run ${run}${subject}`;
		case 'lose':
			return `lost sight of ${run}${subject}`;
		case 'fire':
			return `fire ${textIn(step, 'tag') ?? id}`;
		case 'note':
		case 'acknowledge':
		case 'silence':
			return step.detail['isTakenBack'] === true ? `take back ${id}` : markWords(step);
		default:
			return `${kind} ${id}`;
	}
}

function markWords(step: Step): string {
	const { refs } = step.detail;
	const many = Array.isArray(refs) && refs.length > 0 ? ` on ${counted(refs.length, 'event')}` : '';
	const text = textIn(step, 'text');
	const verb = step.kind === 'acknowledge' ? 'claim' : step.kind;
	return `${verb} ${step.id}${many}${text === undefined || text === '' ? '' : `: ${text}`}`;
}

function resultOf(step: Step, approval: Approval | undefined): { says: string; tone: Tone } {
	if (step.kind === 'lose') return { says: 'unknown', tone: 'bad' };
	const outcome = step.kind === 'end' ? textIn(step, 'outcome') : undefined;
	if (outcome === undefined) return { says: '-', tone: 'muted' };
	const { stage } = approval ?? {};
	const started = stage && 'startedAt' in stage ? stage.startedAt : undefined;
	const took = started === undefined ? '' : ` ${span(Date.parse(step.at) - started)}`;
	return { says: `${outcome}${took}`, tone: outcome === 'ok' ? 'good' : 'bad' };
}

function whyOf(step: Step): string {
	return ['reason', 'note', 'why', 'because'].map((name) => textIn(step, name)).find(Boolean) ?? '';
}

/** `chain ok #20817`, or what is wrong with it. */
export function verdictCell(verdict: Verdict | undefined): Line {
	if (verdict === undefined) return [];
	if (verdict.kind === 'whole') return [cell(`chain ok #${grouped(verdict.records)}`, 'good')];
	if (verdict.kind === 'broken') return [cell(`CHAIN BROKEN at #${verdict.seq}`, 'alarm')];
	return [cell(`chain ok, end not vouched for #${grouped(verdict.records)}`, 'warn')];
}

/** All that a record holds, and what it belongs to. */
export function recordLines(
	kept: Kept,
	approval: Approval | undefined,
	verdict: Verdict | undefined,
	columns: number,
): readonly Line[] {
	const { step, hash, prev } = kept;
	const pairs: (readonly [string, string, Tone?])[] = [
		...(approval ? deedPairs(approval) : []),
		['record', `#${kept.seq} ${step.kind} ${step.id} rev ${step.rev} · ${step.at}`],
		['told', detailOf(step)],
		['who', [step.actor.name, step.actor.id, step.actor.from].filter(Boolean).join(' · ')],
		['hash', `${prev.slice(0, 12)}… → ${hash.slice(0, 12)}…`],
	];
	const broken: (readonly [string, string, Tone])[] =
		verdict && verdict.kind !== 'whole' ? [['chain', verdict.why, 'bad']] : [];
	return [...broken, ...pairs].flatMap(([label, says, tone = 'plain']) =>
		hanging([blank(1), ...padded(cell(label, 'muted'), 11)], says, tone, columns - 1),
	);
}

function deedPairs({ plan, undo, contentHash }: Approval): readonly (readonly [string, string])[] {
	const rule = plan.rule ? ` · rule ${plan.rule.id} v${plan.rule.version}` : '';
	return [
		['command', plan.command],
		['really', plan.steps.map(({ command }) => command).join(' ; ')],
		['inputs', `${JSON.stringify(plan.params)} plan ${contentHash.slice(0, 6)}${rule}`],
		['targets', pinnedTargets(plan, Number.POSITIVE_INFINITY)],
		['evidence', plan.evidence.map(({ ref, says }) => `${ref} ${says}`).join(', ') || 'none'],
		['undo', undoSays(undo).says],
	];
}

/** What a record tells beside its plan, which stands in lines of its own. */
function detailOf({ detail }: Step): string {
	const { plan: _, ...rest } = detail;
	return JSON.stringify(rest);
}

function placed(
	columns: readonly Placed[],
	draw: (name: AuditColumn, width: number) => Line,
): Line {
	return [blank(1), ...columns.flatMap(({ name, width }) => [...draw(name, width), blank(1)])];
}
