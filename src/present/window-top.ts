/** The first line of a list of `count` shown in `rows` lines, so that line `cursor` stands in the middle where it can. */
export function windowTop(cursor: number, count: number, rows: number): number {
	const centred = cursor - Math.floor(rows / 2);
	return Math.max(0, Math.min(centred, count - rows));
}
