import { foreignLetters, lookAlikes } from '../core/look-alike.ts';
import type { BrokenRow, EventRow, GapRow, Row } from '../core/session.ts';
import type { SeverityName } from '../core/severity.ts';
import { badgeCells, flagCells } from './badge-cells.ts';
import { atMost, blank, type Cell, cell, fit, type Line, padded, type Tone } from './cell.ts';
import type { Placed } from './columns.ts';
import { filled, toned, widthOf } from './line.ts';
import { counted, grouped } from './number.ts';
import { shortTag } from './tag-text.ts';
import { clockTime, dayTime, milliseconds, type TimeFormat } from './time.ts';

/** How rows are drawn; the same for all rows of a list. */
export type RowLook = {
	readonly columns: readonly Placed[];
	readonly time: TimeFormat;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

/** What the operator's hand does to a row. */
export type Hand = {
	readonly isSelected: boolean;
	/** The last row of a list that follows: where the hand would go. */
	readonly isNewest: boolean;
	readonly isMarked: boolean;
	/** A reaction to it is suggested. */
	readonly isSuggested: boolean;
	/** What people did to it: somebody looks at it, somebody noted something. */
	readonly touch: 'claimed' | 'noted' | undefined;
};

export type PickedCell = 'severity' | 'source' | 'who' | 'tag';

/** The captions above the list; `▾` stands at the column whose value the filter keys take. */
export function captionLine({ columns }: RowLook, picked: PickedCell | undefined): Line {
	const column = picked === 'tag' ? 'summary' : picked;
	return placed(columns, (name, width) =>
		name === column
			? padded(cell(`${captions[name]}▾`, 'accent'), width)
			: padded(cell(captions[name], 'muted'), width),
	);
}

/** A row of the list as one line of exactly its columns' width. */
export function rowLine(row: Row, look: RowLook, hand: Hand): Line {
	const [, ...line] = cellsOf(row, look, hand);
	const shown = [cell(markOf(hand), 'accent'), ...line];
	return hand.isSelected ? toned(shown, 'focus') : shown;
}

function cellsOf(row: Row, look: RowLook, hand: Hand): Line {
	if (row.kind === 'gap') return gapLine(row, look);
	return row.kind === 'broken' ? brokenLine(row, look) : eventLine(row, look, hand);
}

function markOf({ isSelected, isNewest, isMarked, touch }: Hand): string {
	if (isMarked) return isSelected ? '»' : '•';
	if (isSelected || isNewest) return '›';
	return touch === undefined ? ' ' : touches[touch];
}

const touches = { claimed: 'c', noted: '#' } as const;

const SOURCE_MOST = 12;

const captions = {
	mark: '',
	severity: 'SEV',
	time: 'TIME',
	source: 'SRC',
	who: 'WHO',
	summary: 'TAG · SUMMARY',
	badge: '',
} as const satisfies Record<Placed['name'], string>;

const severities = {
	emerg: { word: 'EMRG', tone: 'alarm' },
	alert: { word: 'ALRT', tone: 'alarm' },
	crit: { word: 'CRIT', tone: 'alarm' },
	err: { word: 'err', tone: 'bad' },
	warn: { word: 'warn', tone: 'warn' },
	notice: { word: 'note', tone: 'accent' },
	info: { word: 'info', tone: 'plain' },
	debug: { word: 'dbg', tone: 'muted' },
	unknown: { word: '?', tone: 'muted' },
} as const satisfies Record<SeverityName, { word: string; tone: Tone }>;

/** A severity in at most four letters, capitals from `crit` up. */
export function severityCell(name: SeverityName): Cell {
	const { word, tone } = severities[name];
	return cell(word, tone);
}

function eventLine(row: EventRow, look: RowLook, { isSuggested }: Hand): Line {
	const { word, tone } = severities[row.severity];
	return placed(look.columns, (name, width) => {
		if (name === 'severity') return fit(word, width, tone);
		if (name === 'time') return timeCells(milliseconds(row.time), width, look);
		if (name === 'source') return fit(row.source, width, 'muted');
		if (name === 'who') return whoCells(row, width);
		if (name === 'summary') return summaryCells(row, width);
		if (name === 'badge') return isSuggested ? flagCells(row, width) : badgeCells(row, width);
		return [blank(width)];
	});
}

function timeCells(at: number, width: number, { time, now }: RowLook): Line {
	return fit(width > 8 ? dayTime(at, time, now) : clockTime(at, time, now), width, 'muted');
}

/** Whom it is about; `▲` before a name whose letters are not what they seem. */
function whoCells({ facts: { who } }: EventRow, width: number): Line {
	if (foreignLetters(who).length === 0) return fit(who || '-', width);
	return suspected(fit(who, width - 1));
}

function suspected(line: Line): Line {
	return [{ ...cell('▲', line[0]?.tone), isMark: true }, ...line];
}

function summaryCells(row: EventRow, width: number): Line {
	const hidden = lookAlikes(row.tag, row.facts).filter(({ of }) => of !== 'who');
	if (hidden.length === 0) return saysCells(row, width);
	return suspected(saysCells(row, width - 1));
}

/** So much of the column a tag leaves to the summary, where that needs it. */
const SUMMARY_SHARE = 0.4;

function saysCells(row: EventRow, width: number): Line {
	const tag = shortTag(row.tag, row.format);
	const { summary } = row.facts;
	const tone = row.kind === 'sensor' ? 'muted' : 'plain';
	if (tag === '' || summary === '' || summary === tag) return fit(tag || summary, width, tone);
	const wanted = atMost(summary, Math.floor(width * SUMMARY_SHARE)).width;
	const dot = cell(' · ', 'muted');
	const head = atMost(tag, width - dot.width - wanted, 'muted');
	return [head, dot, ...fit(summary, width - head.width - dot.width, tone)];
}

/** `─── gap: st2 03:05:50–03:06:08, connection reset, loss unknown ───` */
function gapLine({ source, gap }: GapRow, look: RowLook): Line {
	const width = look.columns.reduce((sum, column) => sum + column.gap + column.width, 0);
	const from = clockTime(gap.from, look.time, look.now);
	const to = clockTime(gap.to, look.time, look.now);
	const head = [
		blank(1),
		cell('─── gap: ', 'warn'),
		atMost(source, SOURCE_MOST, 'warn'),
		cell(` ${from}–${to}, `, 'warn'),
	];
	const lost = cell(`, ${lostWords(gap.lost)} `, 'warn');
	const cause = atMost(gap.cause, width - widthOf(head) - lost.width - 4, 'warn');
	const says = [...head, cause, lost];
	return filled([...says, cell('─'.repeat(Math.max(0, width - 1 - widthOf(says))), 'warn')], width);
}

function lostWords(lost: number | undefined): string {
	return lost === undefined ? 'loss unknown' : `${counted(lost, 'event')} lost`;
}

function brokenLine(row: BrokenRow, look: RowLook): Line {
	return placed(look.columns, (name, width) => {
		if (name === 'severity') return fit('?', width, 'bad');
		if (name === 'time') return timeCells(milliseconds(row.arrived), width, look);
		if (name === 'source') return fit(row.source, width, 'muted');
		if (name === 'who') return fit('-', width, 'muted');
		return name === 'summary' ? brokenCells(row, width) : [blank(width)];
	});
}

/** Why the bytes could not be read, and how they begin. */
function brokenCells({ bytes, reason, head }: BrokenRow, width: number): Line {
	const says = atMost(`unreadable, ${grouped(bytes)} B: ${reason}`, width - 8, 'bad');
	const gap = cell(' · ', 'muted');
	return [says, gap, ...fit(head, width - says.width - gap.width, 'muted')];
}

function placed(
	columns: readonly Placed[],
	draw: (name: Placed['name'], width: number) => Line,
): Line {
	return columns.flatMap(({ name, gap, width }) => [
		...(gap > 0 ? [blank(gap)] : []),
		...draw(name, width),
	]);
}
