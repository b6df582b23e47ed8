import { atMost, blank, cell, type Line } from './cell.ts';

export type EmptyFacts = {
	/** Why nothing shows. */
	readonly text: string;
	/** What would help, and the key for it. */
	readonly help: { readonly keys: string; readonly says: string } | undefined;
};

/** Why the list is empty, and what to press. */
export function emptyLines({ text, help }: EmptyFacts, columns: number): readonly Line[] {
	const reason: Line = [blank(6), atMost(text, columns - 8, 'plain')];
	if (help === undefined) return [[], reason];
	return [[], reason, [blank(6), cell(help.keys, 'accent'), cell(` ${help.says}`, 'muted')]];
}
