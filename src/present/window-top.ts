/** The first line of a list of `count` shown in `rows` lines, so that line `cursor` stands in the middle where it can. */
export function windowTop(cursor: number, count: number, rows: number): number {
	const centred = cursor - Math.floor(rows / 2);
	return Math.max(0, Math.min(centred, count - rows));
}

/** The first line shown so that line `cursor` stands `above` lines below the upper edge, as far as it can. */
export function topKeeping(
	{ cursor, above }: { readonly cursor: number; readonly above: number },
	count: number,
	rows: number,
): number {
	const inside = Math.min(above, rows - 1);
	return Math.max(0, Math.min(cursor - inside, count - rows));
}
