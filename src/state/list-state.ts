import type { Anchor, Window } from '../core/session.ts';

/** The cells of a row that `+` and `-` can take a value from. */
export const cellNames = ['severity', 'source', 'who', 'tag'] as const;

export type CellName = (typeof cellNames)[number];

/** `'tail'` follows the newest; a number is the seq of an event, never a position. */
type Selection = 'tail' | number;

export type ListState = {
	/** The view's id: grows when the filter changes or the list jumps; windows of an older one are not shown. */
	readonly view: number;
	readonly selection: Selection;
	readonly anchor: Anchor;
	/** Lines still to move once the rows beyond the window are here. */
	readonly pending: number;
	/** Lines of the list's area, as the layout last gave them; 0 before it did, else at least 2. */
	readonly height: number;
	readonly window?: Window;
	/** When the list stopped following, milliseconds since the epoch, and the oldest seq held then. */
	readonly paused?: { readonly at: number; readonly oldest: number };
	/** The cell `h l` picked. */
	readonly cell: CellName;
	readonly marks: ReadonlySet<number>;
	/** Repeats stand behind the row they repeat: `×6`. */
	readonly isFolded: boolean;
};

/** A search for one row under way; the engine's `found` answers it. */
export type Seek = {
	readonly id: number;
	readonly filter: string;
	readonly from: number;
	readonly towards: 'older' | 'newer';
	/** Where to look when there is nothing towards that side. */
	readonly retry?: 'older' | 'newer';
	/** What is missing if nothing is found: `later error`. */
	readonly what: string;
};
