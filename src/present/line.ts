import { atMost, blank, type Cell, cell, type Line, type Tone } from './cell.ts';

export function widthOf(line: Line): number {
	return line.reduce((sum, { width }) => sum + width, 0);
}

/** Parts beside each other, `separator` between neighbours; empty parts leave none. */
export function joined(parts: readonly Line[], separator: string, tone: Tone = 'muted'): Line {
	const between = cell(separator, tone);
	return parts
		.filter((part) => part.length > 0)
		.flatMap((part, index) => (index === 0 ? part : [between, ...part]));
}

/** As many of the parts as fit into `columns`, the first ones first. */
export function fitting(parts: readonly Line[], separator: string, columns: number): Line {
	let line: Line = [];
	for (const part of parts) {
		const longer = joined([line, part], separator);
		if (widthOf(longer) > columns) break;
		line = longer;
	}
	return line;
}

/** The line, cut where it is longer than `columns`. */
export function within(line: Line, columns: number): Line {
	return widthOf(line) <= columns ? line : cutAt(line, columns);
}

/** The line cut or filled with blanks to exactly `columns`. */
export function filled(line: Line, columns: number, tone: Tone = 'plain'): Line {
	const cut = within(line, columns);
	const missing = columns - widthOf(cut);
	return missing > 0 ? [...cut, blank(missing, tone)] : cut;
}

/** `left` at the left edge and `right` at the right one; where both have no room, `left` is cut. */
export function spread(left: Line, right: Line, columns: number): Line {
	const room = columns - widthOf(right);
	return room < 1 ? filled(left, columns) : [...filled(left, room), ...right];
}

/** The lines that the hand is on, marked at the left edge, which every line leaves blank. */
export function linesUnderHand([first = [], ...more]: readonly Line[], columns: number): Line[] {
	const [edge = blank(1), ...rest] = first;
	const marked = [cell('›'), blank(edge.width - 1), ...rest];
	return [marked, ...more].map((line) => toned(filled(line, columns), 'focus'));
}

/** The line in one tone. */
export function toned(line: Line, tone: Tone): Line {
	return line.map((part) => ({ ...part, tone }));
}

function cutAt(line: Line, columns: number): Line {
	const kept: Cell[] = [];
	let room = columns;
	for (const part of line) {
		if (part.width > room) return [...kept, atMost(part.raw ?? part.text, room, part.tone)];
		kept.push(part);
		room -= part.width;
	}
	return kept;
}
