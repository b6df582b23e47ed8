import { atMost, cell, type Line, padded } from './cell.ts';
import { filled, widthOf } from './line.ts';

export type HelpEntry = { readonly keys: string; readonly says: string };

/** Keys that belong together, under a word of their own. */
export type HelpGroup = { readonly title: string; readonly entries: readonly HelpEntry[] };

const LEAST_COLUMN = 38;

/** The groups in as many columns as the width allows, read downwards, the columns about equally long. */
export function helpLines(groups: readonly HelpGroup[], columns: number): readonly Line[] {
	const count = Math.max(1, Math.min(4, Math.floor(columns / LEAST_COLUMN)));
	const width = Math.floor(columns / count);
	const stacks = shared(
		groups.map((group) => groupLines(group, width - 1)),
		count,
	);
	const height = Math.max(0, ...stacks.map((stack) => stack.length));
	return Array.from({ length: height }, (_, row) =>
		stacks.flatMap((stack) => filled(stack[row] ?? [], width)),
	);
}

function groupLines({ title, entries }: HelpGroup, columns: number): readonly Line[] {
	const keyWidth = Math.min(14, Math.max(0, ...entries.map(({ keys }) => widthOf([cell(keys)]))));
	const head: Line = [cell(' '), atMost(title.toUpperCase(), columns - 1, 'warn')];
	const lines = entries.map(
		({ keys, says }): Line => [
			cell(' '),
			...padded(cell(keys, 'accent'), keyWidth),
			cell('  '),
			atMost(says, columns - keyWidth - 3),
		],
	);
	return [head, ...lines, []];
}

/** Blocks dealt to `count` stacks in order, a stack closed once it holds its share. */
function shared(blocks: readonly (readonly Line[])[], count: number): readonly (readonly Line[])[] {
	const share = Math.ceil(blocks.reduce((sum, block) => sum + block.length, 0) / count);
	const stacks: Line[][] = [[]];
	for (const block of blocks) {
		const current = stacks.at(-1) ?? [];
		const isFull = current.length > 0 && current.length + block.length / 2 > share;
		if (isFull && stacks.length < count) stacks.push([...block]);
		else current.push(...block);
	}
	return stacks;
}
