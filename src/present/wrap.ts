import { safePieces, safeText } from '../core/safe-text.ts';
import { blank, type Line, ofText, type Tone } from './cell.ts';
import { widthOf } from './line.ts';

/** A value in as many lines of at most `columns` as it needs. */
function wrapped(value: unknown, columns: number, tone: Tone = 'plain'): readonly Line[] {
	return safePieces(safeText(value), Math.max(2, columns)).map((text) => [ofText(text, tone)]);
}

/** A value behind `head`, its further lines indented to where it began. */
export function hanging(head: Line, value: unknown, tone: Tone, columns: number): readonly Line[] {
	const indent = widthOf(head);
	return wrapped(value, columns - indent, tone).map((line, index) => [
		...(index === 0 ? head : [blank(indent)]),
		...line,
	]);
}
