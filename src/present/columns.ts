type EventColumn = 'mark' | 'severity' | 'time' | 'source' | 'who' | 'summary' | 'badge';

/** A column that fits, `width` columns wide and `gap` blanks from its left neighbour. */
export type Placed = { readonly name: EventColumn; readonly gap: number; readonly width: number };

const MARK = 1;
const SEVERITY = 4;
const BADGE = 3;

/**
 * What the list may look like, widest first: a shape is taken where it leaves the summary its `least` columns.
 * The date yields first, then who, then the source: the summary mostly names both.
 */
const shapes = [
	{ time: 14, source: 8, who: 20, least: 68 },
	{ time: 8, source: 8, who: 20, least: 54 },
	{ time: 8, source: 6, who: 14, least: 44 },
	{ time: 8, source: 5, who: 14, least: 36 },
	{ time: 8, source: 5, who: 0, least: 36 },
	{ time: 8, source: 0, who: 0, least: 0 },
] as const;

type Shape = (typeof shapes)[number];

/** The columns of the event list that fit into `available` columns; they fill it exactly. */
export function eventColumns(available: number): readonly Placed[] {
	const shape = shapes.find((candidate) => summaryOf(candidate, available) >= candidate.least);
	return place(shape ?? shapes[5], available);
}

function place(shape: Shape, available: number): readonly Placed[] {
	const columns: Placed[] = [
		{ name: 'mark', gap: 0, width: MARK },
		{ name: 'severity', gap: 0, width: SEVERITY },
		{ name: 'time', gap: 1, width: shape.time },
		{ name: 'source', gap: 1, width: shape.source },
		{ name: 'who', gap: 1, width: shape.who },
		{ name: 'summary', gap: 1, width: Math.max(0, summaryOf(shape, available)) },
		{ name: 'badge', gap: 1, width: BADGE },
	];
	return columns.filter((column) => column.width > 0);
}

function summaryOf(shape: Shape, available: number): number {
	const beside = [shape.time, shape.source, shape.who, BADGE].filter((width) => width > 0);
	const taken = beside.reduce((sum, width) => sum + 1 + width, MARK + SEVERITY);
	return available - taken - 1;
}
