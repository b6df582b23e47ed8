import { cell, type Line } from './cell.ts';
import { widthOf } from './line.ts';

/** The upper edge of a box with what it is and a word at its right: `┌─ filter ──── 412 → 9 ─┐`. */
export function topEdge(title: Line, right: Line, columns: number): Line {
	const head = [cell('┌─ ', 'muted'), ...title, cell(' ', 'muted')];
	const tail =
		right.length === 0
			? [cell('┐', 'muted')]
			: [cell(' ', 'muted'), ...right, cell(' ─┐', 'muted')];
	return [...head, ...rule(columns - widthOf(head) - widthOf(tail)), ...tail];
}

/** The lower edge of a box, with a word in it or none. */
export function bottomEdge(says: Line, columns: number): Line {
	if (says.length === 0) return [cell(`└${'─'.repeat(Math.max(0, columns - 2))}┘`, 'muted')];
	const head = [cell('└─ ', 'muted'), ...says, cell(' ', 'muted')];
	return [...head, ...rule(columns - widthOf(head) - 1), cell('┘', 'muted')];
}

/** A rule across with what stands below it: `── pretty | yaml ───── v ──`. */
export function titleRule(title: Line, right: Line, columns: number): Line {
	const head = [cell('── ', 'muted'), ...title, cell(' ', 'muted')];
	const tail = right.length === 0 ? [] : [cell(' ', 'muted'), ...right, cell(' ──', 'muted')];
	return [...head, ...rule(columns - widthOf(head) - widthOf(tail)), ...tail];
}

function rule(columns: number): Line {
	return [cell('─'.repeat(Math.max(0, columns)), 'muted')];
}
