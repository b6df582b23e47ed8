import { atMost, blank, cell, type Line } from './cell.ts';
import { grouped } from './number.ts';

export type EmptyFacts = {
	/** Why nothing shows: words, or how many are held of which none matches. */
	readonly why: string | number;
	/** What would help, and the key for it. */
	readonly help: { readonly keys: string; readonly says: string } | undefined;
};

/** Why the list is empty, and what to press. */
export function emptyLines({ why, help }: EmptyFacts, columns: number): readonly Line[] {
	const text = typeof why === 'number' ? `0 of ${grouped(why)} match` : why;
	const reason: Line = [blank(6), atMost(text, columns - 8, 'plain')];
	if (help === undefined) return [[], reason];
	return [[], reason, [blank(6), cell(help.keys, 'accent'), cell(` ${help.says}`, 'muted')]];
}
