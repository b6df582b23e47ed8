/** A rectangle of the screen, in cells. */
export type Area = {
	readonly top: number;
	readonly left: number;
	readonly rows: number;
	readonly columns: number;
};

export type Size = { readonly columns: number; readonly rows: number };

export type Wishes = {
	readonly detail: 'closed' | 'open' | 'zoomed';
	/** How many rows the filter's place takes: 1 for the chips, more for its prompt. */
	readonly filterRows: number;
	/** How many rows the card under the list wants; a handful of events stays above it. */
	readonly card: number;
	/** The tag tree: beside the list, or in its place where there is no room beside it. */
	readonly tags: 'closed' | 'beside' | 'instead';
};

export type Layout = {
	readonly header: Area;
	readonly filter: Area;
	/** How often what is severe happened lately; absent where a line of it costs too much. */
	readonly bars: Area | undefined;
	/** The captions and the list; no rows of it where the detail is zoomed. */
	readonly events: Area;
	readonly detail: Area | undefined;
	readonly tags: Area | undefined;
	readonly strip: Area;
	/** Under the strip; absent where nothing is suggested. */
	readonly card: Area | undefined;
	readonly notice: Area;
	readonly footer: Area;
	/** All between the filter and the notice: where the sources stand. */
	readonly belowFilter: Area;
	/** All between the header and the notice: where help and forms stand. */
	readonly body: Area;
};

const LEAST = { columns: 60, rows: 16 } as const;
const BESIDE_FROM = 100;
/** A title, evidence, plan, targets and undo, and one line more. */
const LEAST_CARD = 6;
/** The captions and five events: what the card leaves of the list. */
const LEAST_LIST = 6;
const BARS_FROM = 24;
const TAGS_BESIDE_FROM = 120;
const TAGS = 36;
const LIST_SHARE_BESIDE = 0.55;
const LIST_SHARE_ABOVE = 0.42;

export function isTooSmall({ columns, rows }: Size): boolean {
	return columns < LEAST.columns || rows < LEAST.rows;
}

/** Where everything stands on a screen of this size. The areas cover it without overlap, the last two apart. */
export function layout({ columns, rows }: Size, wishes: Wishes): Layout {
	const { filterRows, card } = wishes;
	const bar = (top: number, height = 1): Area => ({ top, left: 0, rows: height, columns });
	const belowFilter = 1 + filterRows;
	const hasBars = filterRows === 1 && rows >= BARS_FROM && wishes.detail !== 'zoomed';
	const listTop = belowFilter + (hasBars ? 1 : 0);
	const cardRows = Math.min(card, Math.max(LEAST_CARD, rows - 5 - LEAST_LIST));
	const main = bar(listTop, Math.max(0, rows - 3 - cardRows - listTop));
	return {
		header: bar(0),
		filter: bar(1, filterRows),
		bars: hasBars ? bar(belowFilter) : undefined,
		...panes(main, wishes),
		strip: bar(rows - 3 - cardRows),
		card: cardRows > 0 ? bar(rows - 2 - cardRows, cardRows) : undefined,
		notice: bar(rows - 2),
		footer: bar(rows - 1),
		belowFilter: bar(belowFilter, Math.max(0, rows - 2 - belowFilter)),
		body: bar(1, rows - 3),
	};
}

/** Whether the tag tree has room beside the list. */
export function hasRoomForTags({ columns }: Size): boolean {
	return columns >= TAGS_BESIDE_FROM;
}

/** The list keeps its lines under a tree that covers it, so that it stands as it stood when the tree goes. */
function panes(main: Area, { detail, tags }: Wishes): Pick<Layout, 'events' | 'detail' | 'tags'> {
	if (tags === 'closed') return { ...listAndDetail(main, detail), tags: undefined };
	if (tags === 'instead') return { events: main, detail: undefined, tags: main };
	const rest = { ...main, left: TAGS, columns: main.columns - TAGS };
	return { ...listAndDetail(rest, detail), tags: { ...main, columns: TAGS } };
}

function listAndDetail(main: Area, detail: Wishes['detail']): Pick<Layout, 'events' | 'detail'> {
	if (detail === 'closed') return { events: main, detail: undefined };
	if (detail === 'zoomed') return { events: { ...main, rows: 0 }, detail: main };
	return main.columns >= BESIDE_FROM ? beside(main) : below(main);
}

function beside(main: Area): Pick<Layout, 'events' | 'detail'> {
	const columns = Math.round(main.columns * LIST_SHARE_BESIDE);
	return {
		events: { ...main, columns },
		detail: { ...main, left: main.left + columns, columns: main.columns - columns },
	};
}

function below(main: Area): Pick<Layout, 'events' | 'detail'> {
	const rows = Math.round(main.rows * LIST_SHARE_ABOVE);
	return {
		events: { ...main, rows },
		detail: { ...main, top: main.top + rows, rows: main.rows - rows },
	};
}
