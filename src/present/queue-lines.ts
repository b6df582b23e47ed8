import type { Approval } from '../core/approval.ts';
import { deedOf, leftOf, objectOf, tierTone, tierWord } from './card/words.ts';
import { atMost, blank, cell, fit, type Line, padded, type Tone } from './cell.ts';
import type { Area } from './layout.ts';
import { filled, toned } from './line.ts';

type QueueColumn = 'mark' | 'tier' | 'age' | 'left' | 'deed' | 'target' | 'blast' | 'whom';
type Placed = { readonly name: QueueColumn; readonly width: number };

const captions = {
	mark: '',
	tier: 'TIER',
	age: 'AGE',
	left: 'EXPIRES',
	deed: 'ACTION',
	target: 'TARGET',
	blast: 'BLAST',
	whom: 'FROM',
} as const satisfies Record<QueueColumn, string>;

/** What the queue may look like, widest first; the target takes what is left. */
const shapes = [
	{ from: 140, deed: 24, blast: 28, whom: 24 },
	{ from: 110, deed: 22, blast: 18, whom: 20 },
	{ from: 76, deed: 18, blast: 0, whom: 14 },
	{ from: 0, deed: 16, blast: 0, whom: 0 },
] as const;

function columnsOf(available: number): readonly Placed[] {
	const shape = shapes.find(({ from }) => available >= from) ?? shapes[3];
	const before: Placed[] = [
		{ name: 'mark', width: 1 },
		{ name: 'tier', width: 4 },
		{ name: 'age', width: 6 },
		{ name: 'left', width: 10 },
		{ name: 'deed', width: shape.deed },
	];
	const behind: Placed[] = [
		{ name: 'blast', width: shape.blast },
		{ name: 'whom', width: shape.whom },
	];
	const shown = [...before, ...behind].filter(({ width }) => width > 0);
	const taken = shown.reduce((sum, { width }) => sum + width + 1, 2);
	const target: Placed = { name: 'target', width: available - taken };
	return [...before, target, ...behind.filter(({ width }) => width > 0)];
}

/** How the screen of approvals is divided: captions and queue above, a rule, the card below. */
export function queueParts(
	area: Area,
	count: number,
): { readonly queue: number; readonly card: Area } {
	const most = Math.max(2, Math.floor((area.rows - 2) * 0.4));
	const queue = Math.min(Math.max(count, 1), most);
	const above = queue + 2;
	return {
		queue,
		card: { ...area, top: area.top + above, rows: Math.max(1, area.rows - above) },
	};
}

export function queueCaptions(columns: number): Line {
	return placed(columnsOf(columns), (name, width) => padded(cell(captions[name], 'muted'), width));
}

export type QueueLook = { readonly columns: number; readonly now: number };

/** One line of the queue; what is over stays and says how it ended. */
export function queueLine(approval: Approval, isSelected: boolean, look: QueueLook): Line {
	const line = placed(columnsOf(look.columns), (name, width) =>
		cellsOf(name, width, approval, look.now),
	);
	const [, ...rest] = filled(line, look.columns);
	const shown = [cell(isSelected ? '›' : ' '), ...rest];
	if (isSelected) return toned(shown, 'focus');
	return approval.stage.kind === 'proposed' ? shown : toned(shown, 'muted');
}

function cellsOf(name: QueueColumn, width: number, approval: Approval, now: number): Line {
	const { plan, proposedAt } = approval;
	switch (name) {
		case 'mark':
			return padded(cell(markOf(approval, now), 'accent'), width);
		case 'tier':
			return padded(cell(tierWord(plan.tier), tierTone(plan.tier)), width);
		case 'age':
			return fit(ageOf(proposedAt, now), width, 'muted');
		case 'left': {
			const { says, tone } = leftWord(approval, now);
			return fit(says, width, tone);
		}
		case 'deed':
			return fit(deedOf(plan), width);
		case 'target':
			return fit(objectOf(plan), width);
		case 'blast':
			return fit(plan.blast[0] ?? '-', width, 'muted');
		case 'whom':
			return fit(waitsFor(approval) ?? whom(approval), width, 'muted');
	}
}

function markOf({ stage, snoozedUntil }: Approval, now: number): string {
	if (stage.kind === 'running' || stage.kind === 'claimed' || stage.kind === 'approved') return '▶';
	if (stage.kind !== 'proposed') return stage.kind === 'ok' ? '✓' : '·';
	const isSnoozed = snoozedUntil !== undefined && Date.parse(snoozedUntil) > now;
	return isSnoozed || stage.by.length > 0 ? '·' : '⚑';
}

function ageOf(proposedAt: string, now: number): string {
	return leftOf(new Date(now).toISOString(), Date.parse(proposedAt));
}

function leftWord({ stage, plan }: Approval, now: number): { says: string; tone: Tone } {
	if (stage.kind !== 'proposed') return { says: stage.kind, tone: 'plain' };
	const says = leftOf(plan.notAfter, now);
	return { says, tone: says === 'over' ? 'bad' : 'warn' };
}

function waitsFor({ stage, plan, snoozedUntil }: Approval): string | undefined {
	if (stage.kind !== 'proposed') return undefined;
	if (plan.tier === 4 && stage.by.length > 0) return 'waits for a second';
	return snoozedUntil === undefined ? undefined : 'snoozed';
}

function whom({ plan, requestedBy }: Approval): string {
	return plan.rule?.id ?? requestedBy.name;
}

function placed(
	columns: readonly Placed[],
	draw: (name: QueueColumn, width: number) => Line,
): Line {
	return [
		blank(1),
		...columns.flatMap(({ name, width }, at) => [
			...(at > 0 ? [blank(1)] : []),
			...draw(name, width),
		]),
	];
}

/** What stands where no plan waits. */
export function emptyQueue(columns: number): Line {
	return [blank(3), atMost('nothing waits for a yes', columns - 4, 'muted')];
}
