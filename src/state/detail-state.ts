import type { Opened } from '../core/session.ts';
import type { DetailLine } from './detail-line.ts';

export const detailModes = ['pretty', 'yaml', 'json', 'raw'] as const;

export type DetailMode = (typeof detailModes)[number];

export type DetailState = {
	/** The event in the pane; absent when it is closed. */
	readonly seq?: number;
	/** What the engine said about it; may still be the event before. */
	readonly opened?: Opened;
	readonly mode: DetailMode;
	readonly isWrapped: boolean;
	/** Folds the operator opened (false) or closed (true), by a line's `fold`. */
	readonly folds: ReadonlyMap<string, boolean>;
	/** The lines of `opened` in this mode with these folds. */
	readonly lines: readonly DetailLine[];
	readonly cursor: number;
	/** The first line shown. */
	readonly top: number;
	readonly height: number;
};
