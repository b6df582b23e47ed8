import type { Line } from '../../src/present/cell.ts';

/** A line as the eye sees it, colours left out. */
export function drawn(line: Line): string {
	return line.map(({ text }) => text).join('');
}

/** Lines below each other, blanks at their ends cut off. */
export function picture(lines: readonly Line[]): string {
	return lines.map((line) => drawn(line).trimEnd()).join('\n');
}
