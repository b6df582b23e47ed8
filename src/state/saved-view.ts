import type { TimeFormat } from './model.ts';

/** A filter with a name, and how its list is looked at. */
export type SavedView = {
	readonly name: string;
	readonly filter: string;
	readonly time?: TimeFormat;
	readonly isFolded?: boolean;
	/** False for those of the team: they are read only. */
	readonly isOwn: boolean;
};

const good = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u;

/** A view's name is its file's. */
export function isViewName(name: string): boolean {
	return good.test(name);
}
