import type { Line } from '../cell.ts';

/** `rows` of the lines drawn from the first on, moved down as far as it takes to show all of number `kept`. */
export function windowOf(
	drawn: readonly (readonly Line[])[],
	kept: number,
	rows: number,
): readonly Line[] {
	const upToKept = drawn.slice(0, kept + 1).reduce((sum, lines) => sum + lines.length, 0);
	const skipped = Math.max(0, upToKept - rows);
	return drawn.flat().slice(skipped, skipped + rows);
}
