import { atMost, type Cell, type Line, type Tone } from '../cell.ts';
import { widthOf } from '../line.ts';
import { hanging } from '../wrap.ts';

/** How the lines of an opened event are laid out. */
export type DetailLook = { readonly columns: number; readonly isWrapped: boolean };

/** What stands behind a line's head: a value, and perhaps a comma. */
export type Body = { readonly value: unknown; readonly tone: Tone; readonly tail?: Cell };

/** A value behind its head: in one line that says how much is cut, or in as many as it needs. */
export function laid(head: Line, { value, tone, tail }: Body, look: DetailLook): readonly Line[] {
	const end = tail === undefined ? [] : [tail];
	const room = look.columns - widthOf(end);
	if (!look.isWrapped) return [[...head, atMost(value, room - widthOf(head), tone), ...end]];
	const lines = hanging(head, value, tone, room);
	return lines.map((line, index) => (index === lines.length - 1 ? [...line, ...end] : line));
}
