import { isRelative } from './moment.ts';
import { printFilter } from './print.ts';
import type { Filter } from './syntax.ts';

/**
 * Whether every hit of `newer` is a hit of `older`, as far as the text shows: all older and-parts are still there,
 * or grew longer as words do while they are typed. False only costs a look at all rows; true is certain.
 */
export function narrows(older: Filter, newer: Filter): boolean {
	if (older.kind === 'all') return true;
	const kept = partsOf(newer);
	return partsOf(older).every((part) => kept.some((candidate) => implies(candidate, part)));
}

function partsOf(filter: Filter): readonly Filter[] {
	return filter.kind === 'and' ? filter.parts : [filter];
}

function implies(newer: Filter, older: Filter): boolean {
	if (newer.kind === 'text' && older.kind === 'text') return grew(newer.text, older.text);
	if (printFilter(newer) !== printFilter(older)) return false;
	// A later clock moves `since:15m` forward only, which leaves fewer rows; elsewhere it may let new ones in.
	return isSince(older) || !movesWithClock(older);
}

/** Letters without capitals find capitals too; with one capital all mean themselves. */
function grew(newer: string, older: string): boolean {
	if (/[\p{Lu}\p{Lt}]/u.test(older)) return newer.includes(older);
	return newer.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).includes(older);
}

function isSince(filter: Filter): boolean {
	return filter.kind === 'field' && filter.key === 'since';
}

function movesWithClock(filter: Filter): boolean {
	switch (filter.kind) {
		case 'field':
			return (
				['since', 'until', 'time'].includes(filter.key) &&
				filter.values.some(({ text }) => isRelative(text))
			);
		case 'not':
			return movesWithClock(filter.part);
		case 'and':
		case 'or':
			return filter.parts.some(movesWithClock);
		default:
			return false;
	}
}
