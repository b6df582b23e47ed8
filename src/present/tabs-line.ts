import { cell, type Line } from './cell.ts';
import { fitting, joined, spread, widthOf } from './line.ts';

type Tab = {
	readonly name: string;
	readonly keys: string;
	/** What waits there; 0 says nothing. */
	readonly count: number;
};

/** The screens, the present one in capitals, and a word at the right: ` 1 Live  2 APPROVALS 3  3 Runs 1`. */
export function tabsLine(
	tabs: readonly Tab[],
	current: string,
	columns: number,
	right: Line = [],
): Line {
	const parts = tabs.map((tab) => tabCells(tab, tab.name === current));
	const end = right.length === 0 ? [] : [...right, cell(' ')];
	const room = columns - widthOf(end) - 2;
	return spread([cell(' '), ...fitting(parts, '  ', room)], end, columns);
}

function tabCells({ name, keys, count }: Tab, isCurrent: boolean): Line {
	const title = isCurrent ? name.toUpperCase() : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	const word = [cell(`${keys} `, 'accent'), cell(title, isCurrent ? 'plain' : 'muted')];
	return joined([word, count > 0 ? [cell(String(count), 'warn')] : []], ' ');
}
