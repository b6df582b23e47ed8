import { blank, cell, type Line } from './cell.ts';
import { fitting, joined, widthOf } from './line.ts';

/** A key and what it does here; a blocked one stays, dimmed. */
export type Hint = { readonly keys: string; readonly says: string; readonly isBlocked: boolean };

/** As many hints as fit, the last of them, the way out, always: ` j k move  ⏎ open  q quit`. */
export function footerLine(hints: readonly Hint[], columns: number): Line {
	const parts = hints.map(hintCells);
	const wayOut = parts.at(-1) ?? [];
	const first = fitting(parts.slice(0, -1), '  ', columns - widthOf(wayOut) - 4);
	return [blank(1), ...joined([first, wayOut], '  ')];
}

function hintCells({ keys, says, isBlocked }: Hint): Line {
	if (isBlocked) return [cell(`${keys} ${says}`, 'muted')];
	return [cell(keys, 'accent'), cell(` ${says}`)];
}
