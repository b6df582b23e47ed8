import { blank, brief, cell, type Line, padded } from './cell.ts';
import type { Hint } from './footer.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { filled, widthOf } from './line.ts';

/** A box of keys that may follow one that was pressed, as narrow as it can be. */
export function menuLines(hints: readonly Hint[], title: string, columns: number): readonly Line[] {
	const keyWidth = Math.max(...hints.map(({ keys }) => widthOf([cell(keys)])));
	const entries = hints.map((hint) => entryLine(hint, keyWidth, columns - 4));
	const width = Math.max(widthOf([cell(title)]) + 7, ...entries.map((line) => widthOf(line) + 4));
	return [
		topEdge([cell(title, 'accent')], [], width),
		...entries.map((line) => [
			cell('│ ', 'muted'),
			...filled(line, width - 4),
			cell(' │', 'muted'),
		]),
		bottomEdge([], width),
	];
}

function entryLine({ keys, says, isBlocked }: Hint, keyWidth: number, columns: number): Line {
	const tone = isBlocked ? 'muted' : 'plain';
	return [
		...padded(cell(keys, isBlocked ? 'muted' : 'accent'), keyWidth),
		blank(2),
		brief(says, columns - keyWidth - 2, tone),
	];
}
