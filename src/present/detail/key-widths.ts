const KEY_MOST = 24;

type Keyed = {
	readonly kind: string;
	readonly depth?: number;
	readonly key?: unknown;
	readonly isFolded?: boolean;
};

/**
 * How wide the column of keys is for each line: as the longest key among its neighbours of the same depth.
 * What is open has no value behind its key and counts for nothing. Neighbours end where a line of a lesser depth comes, or one without any.
 */
export function keyWidths(lines: readonly Keyed[]): readonly number[] {
	const widths = lines.map(() => 0);
	const open: number[][] = [];
	const close = (depth: number) => {
		for (const group of open.splice(depth)) settle(group, lines, widths);
	};
	for (const [index, line] of lines.entries()) {
		const depth = line.kind === 'pair' ? 0 : line.depth;
		close(depth === undefined ? 0 : depth + 1);
		if (depth === undefined) continue;
		while (open.length <= depth) open.push([]);
		if (line.key !== undefined && line.isFolded !== false) open[depth]?.push(index);
	}
	close(0);
	return widths;
}

function settle(group: readonly number[], lines: readonly Keyed[], widths: number[]): void {
	const longest = group.reduce(
		(most, index) => Math.max(most, String(lines[index]?.key ?? '').length),
		0,
	);
	for (const index of group) widths[index] = Math.min(longest, KEY_MOST);
}
