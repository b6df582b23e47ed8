import { blank, brief, cell, type Line, padded } from './cell.ts';
import { type Field, fieldLine } from './field.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { filled, toned, widthOf } from './line.ts';
import { windowTop } from './window-top.ts';

type HelpEntry = {
	readonly keys: string;
	readonly says: string;
	readonly isPicked: boolean;
};

/** Keys that belong together, under a word of their own. */
export type HelpGroup = { readonly title: string; readonly entries: readonly HelpEntry[] };

export type HelpFacts = {
	readonly search: Field;
	readonly groups: readonly HelpGroup[];
	/** What stands in the lower edge. */
	readonly says: string;
};

type Room = { readonly rows: number; readonly columns: number };

/** A line of a stack, and whether the pick is on it. */
type Entry = { readonly line: Line; readonly isPicked: boolean };

const LEAST_COLUMN = 38;
const SEARCH = 30;

/** The help in exactly `rows` lines: a place to search, and the keys found. */
export function helpFrame(facts: HelpFacts, { rows, columns }: Room): readonly Line[] {
	const { search, groups, says } = facts;
	const typed = search.text === '' ? [cell('type to search', 'muted')] : fieldLine(search, SEARCH);
	const lines = helpLines(groups, { rows: rows - 2, columns });
	return [
		topEdge([cell('help', 'accent')], typed, columns),
		...Array.from({ length: rows - 2 }, (_, row) => lines[row] ?? []),
		bottomEdge([cell(says, 'muted')], columns),
	];
}

/** The groups side by side, read downwards, as many as fit; moved so that the pick is among them. */
function helpLines(groups: readonly HelpGroup[], { rows, columns }: Room): readonly Line[] {
	const count = Math.max(1, Math.min(4, Math.floor(columns / LEAST_COLUMN)));
	const width = Math.floor(columns / count);
	const stacks = shared(
		groups.map((group) => groupEntries(group, width - 1)),
		count,
	);
	const height = Math.max(0, ...stacks.map((stack) => stack.length));
	const picked = Math.max(0, ...stacks.map((stack) => stack.findIndex(({ isPicked }) => isPicked)));
	const top = windowTop(picked, height, rows);
	return Array.from({ length: Math.min(rows, height) }, (_, row) =>
		stacks.flatMap((stack) => filled(stack[top + row]?.line ?? [], width)),
	);
}

function groupEntries({ title, entries }: HelpGroup, columns: number): readonly Entry[] {
	const keyWidth = Math.min(14, Math.max(0, ...entries.map(({ keys }) => widthOf([cell(keys)]))));
	const head = [blank(1), brief(title.toUpperCase(), columns - 1, 'warn')];
	return [
		{ line: head, isPicked: false },
		...entries.map((entry) => ({
			line: entryLine(entry, keyWidth, columns),
			isPicked: entry.isPicked,
		})),
		{ line: [], isPicked: false },
	];
}

function entryLine({ keys, says, isPicked }: HelpEntry, keyWidth: number, columns: number): Line {
	const line = [
		cell(isPicked ? '›' : ' '),
		...padded(cell(keys, 'accent'), keyWidth),
		blank(2),
		brief(says, columns - keyWidth - 3),
	];
	return isPicked ? toned(filled(line, columns), 'focus') : line;
}

/** Blocks dealt to at most `count` stacks in order, a stack closed once it holds its share. */
function shared(
	blocks: readonly (readonly Entry[])[],
	count: number,
): readonly (readonly Entry[])[] {
	const share = Math.ceil(blocks.reduce((sum, block) => sum + block.length, 0) / count);
	const stacks: Entry[][] = [[]];
	for (const block of blocks) {
		const current = stacks.at(-1) ?? [];
		const isFull = current.length > 0 && current.length + block.length / 2 > share;
		if (isFull && stacks.length < count) stacks.push([...block]);
		else current.push(...block);
	}
	return stacks;
}
