import { type Cell, cell, type Line, type Tone } from './cell.ts';
import { widthOf } from './line.ts';

/** Text that is being typed; `cursor` is the index in `text` the next letter goes to. */
export type Field = { readonly text: string; readonly cursor: number };

const graphemes = new Intl.Segmenter();

/** A field's part around the cursor in at most `columns`; what is left out at an end shows as `…`. */
export function fieldLine({ text, cursor }: Field, columns: number, tone: Tone = 'plain'): Line {
	const before = cells(text.slice(0, cursor), tone);
	const [under, ...after] = cells(text.slice(cursor), tone);
	const hand = under === undefined ? cell('█', 'accent') : { ...under, tone: 'focus' as const };
	const left = lastOf(before, Math.max(0, columns - hand.width - (after.length > 0 ? 4 : 0)));
	return [...left, hand, ...firstOf(after, columns - hand.width - widthOf(left))];
}

function cells(text: string, tone: Tone): readonly Cell[] {
	return Array.from(graphemes.segment(text), ({ segment }) => cell(segment, tone));
}

function firstOf(line: readonly Cell[], columns: number): Line {
	if (widthOf(line) <= columns) return line;
	const kept: Cell[] = [];
	let room = columns - 1;
	for (const part of line) {
		room -= part.width;
		if (room < 0) break;
		kept.push(part);
	}
	return columns > 0 ? [...kept, cell('…', 'muted')] : [];
}

function lastOf(line: readonly Cell[], columns: number): Line {
	return firstOf(line.toReversed(), columns).toReversed();
}
