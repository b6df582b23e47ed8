import { blank, cell, type Line } from './cell.ts';
import { joined, widthOf } from './line.ts';

/** A key and what it does here; a blocked one stays, dimmed. */
export type Hint = {
	readonly keys: string;
	readonly says: string;
	readonly isBlocked: boolean;
	/** The way out, and where all the keys are told: shown on the narrowest screen. */
	readonly isAlways?: boolean;
};

const GAP = 2;

/** As many hints as fit, in their order; what is dimmed yields first: ` ⏎ details  / filter  ? help  q quit`. */
export function footerLine(hints: readonly Hint[], columns: number): Line {
	const parts = hints.map((hint) => ({ hint, line: hintCells(hint) }));
	const byWorth = parts.toSorted((one, other) => worthOf(other.hint) - worthOf(one.hint));
	const shown = new Set<Hint>();
	let room = columns - 1;
	for (const { hint, line } of byWorth) {
		const width = widthOf(line) + (shown.size > 0 ? GAP : 0);
		if (width > room) break;
		shown.add(hint);
		room -= width;
	}
	const lines = parts.filter(({ hint }) => shown.has(hint)).map(({ line }) => line);
	return [blank(1), ...joined(lines, ' '.repeat(GAP))];
}

function worthOf({ isAlways, isBlocked }: Hint): number {
	return isAlways ? 2 : isBlocked ? 0 : 1;
}

function hintCells({ keys, says, isBlocked }: Hint): Line {
	if (isBlocked) return [cell(`${keys} ${says}`, 'muted')];
	return [cell(keys, 'accent'), cell(` ${says}`)];
}
