import { cell, type Line } from './cell.ts';
import { fitting } from './line.ts';

type Tab = { readonly name: string; readonly keys: string };

/** The screens, the present one in capitals: ` 1 Live  6 SOURCES`. */
export function tabsLine(tabs: readonly Tab[], current: string, columns: number): Line {
	const parts = tabs.map(({ name, keys }) => tabCells(name, keys, name === current));
	return [cell(' '), ...fitting(parts, '  ', columns - 1)];
}

function tabCells(name: string, keys: string, isCurrent: boolean): Line {
	const title = isCurrent ? name.toUpperCase() : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	return [cell(`${keys} `, 'accent'), cell(title, isCurrent ? 'plain' : 'muted')];
}
