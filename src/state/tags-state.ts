import type { Facet, TagBranch } from '../core/session.ts';

/** The tag tree and the facets: how what the filter lets through is spread. */
export type TagsState = {
	readonly isOpen: boolean;
	/** The question that is not answered yet. */
	readonly request?: number;
	/** When it was asked last, milliseconds since the epoch. */
	readonly askedAt: number;
	/** How long the last answer took. */
	readonly tookMs: number;
	readonly tags: readonly TagBranch[];
	readonly facets: readonly Facet[];
	/** The line under the hand, by its name; the first where it is gone. */
	readonly cursor?: string;
	/** What was opened (false) or closed (true) by hand, by the name of its line. */
	readonly folds: ReadonlyMap<string, boolean>;
};
