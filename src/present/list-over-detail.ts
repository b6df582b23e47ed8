import { cell, type Line } from './cell.ts';
import { titleRule } from './frame.ts';
import type { Area } from './layout.ts';
import { windowTop } from './window-top.ts';

export type ListOverDetail = {
	readonly captions: Line;
	/** How many lines the list has, and which of them the hand is on, from 0. */
	readonly count: number;
	readonly cursor: number;
	/** Draws one line of the list; only those that fit are asked for. */
	readonly lineAt: (at: number) => Line;
	/** Names what stands below the rule. */
	readonly title: string;
	/** A word at the rule's right end. */
	readonly aside?: Line;
	readonly detail: readonly Line[];
	/** The most lines that the detail may take of the list. */
	readonly detailMost: number;
};

/** Captions, a list, a rule, and all that is known of the line under the hand, in exactly `rows` lines. */
export function listOverDetail(facts: ListOverDetail, { rows, columns }: Area): readonly Line[] {
	const { captions, count, cursor, lineAt, title, aside = [], detail } = facts;
	const below = Math.min(detail.length, facts.detailMost);
	const above = Math.max(1, rows - 2 - below);
	const top = windowTop(cursor, count, above);
	return [
		captions,
		...Array.from({ length: above }, (_, row) => (top + row < count ? lineAt(top + row) : [])),
		titleRule([cell(title, 'accent')], aside, columns),
		...detail.slice(0, below),
	];
}
