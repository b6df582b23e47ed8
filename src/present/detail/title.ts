import { span } from '../../core/ago.ts';
import type { EventRow, Opened } from '../../core/session.ts';
import { atMost, blank, cell, type Line } from '../cell.ts';
import { severityCell } from '../event-cells.ts';
import { titleRule } from '../frame.ts';
import { spread, widthOf } from '../line.ts';
import { size } from '../number.ts';
import { fullTime, milliseconds, type TimeFormat } from '../time.ts';

export type TitleFacts = {
	readonly opened: Opened | undefined;
	readonly time: TimeFormat;
	/** Milliseconds since the epoch. */
	readonly now: number;
};

/** Which event is open: its whole tag, how bad it is, when it was. */
export function titleLine({ opened, time, now }: TitleFacts, columns: number): Line {
	const row = opened?.row;
	if (row === undefined) return [cell(' opening…', 'muted')];
	if (row.kind === 'gap') return [cell(' a gap of ', 'warn'), atMost(row.source, columns - 12)];
	if (row.kind === 'broken') {
		return [cell(' unreadable bytes from ', 'bad'), atMost(row.source, columns - 26)];
	}
	const right = eventWords(row, { time, now, isWide: columns >= 72 });
	return spread([blank(1), atMost(row.tag, columns - widthOf(right) - 3)], right, columns);
}

function eventWords(
	row: EventRow,
	{ time, now, isWide }: Pick<TitleFacts, 'time' | 'now'> & { readonly isWide: boolean },
): Line {
	const at = fullTime(row.time, time);
	const shown = isWide ? at : at.slice(11, 23);
	const age = span(now - milliseconds(row.time));
	return [severityCell(row.severity), blank(2), cell(shown), cell(` (${age}) `, 'muted')];
}

/** The views that the event can be seen in, and what else is known of it. */
export function viewsRule(
	{
		mode,
		modes,
		opened,
		key,
	}: {
		readonly mode: string;
		readonly modes: readonly string[];
		readonly opened: Opened | undefined;
		/** The key that changes the view. */
		readonly key: string;
	},
	columns: number,
): Line {
	const names = modes.flatMap((name, index) => [
		...(index === 0 ? [] : [cell(' │ ', 'muted')]),
		cell(name === mode ? name.toUpperCase() : name, name === mode ? 'accent' : 'muted'),
	]);
	const row = opened?.row;
	const bytes = row === undefined || row.kind === 'gap' ? '' : `${size(row.bytes)}  `;
	const about = columns >= 60 ? bytes : '';
	return titleRule(names, [cell(`${about}${key}`, 'muted')], columns);
}
