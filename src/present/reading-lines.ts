import { blank, cell, type Line, type Tone } from './cell.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { hanging } from './wrap.ts';

export type ReadingFacts = {
	readonly title: string;
	readonly lines: readonly { readonly text: string; readonly tone: Tone }[];
	/** The first of the lines that is shown. */
	readonly top: number;
	readonly closeKey: string;
};

/** Lines from `top` on between two edges, in exactly `rows` lines. */
export function readingLines(
	{ title, lines, top, closeKey }: ReadingFacts,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const room = rows - 2;
	const body = lines
		.slice(top)
		.flatMap(({ text, tone }) =>
			hanging([blank(indentOf(text))], text.trimStart(), tone, columns - 1),
		);
	const isMore = body.length > room;
	const says = isMore ? `${closeKey} closes · more below` : `${closeKey} closes`;
	return [
		topEdge([cell(title, 'accent')], [], columns),
		...Array.from({ length: room }, (_, row) => body[row] ?? []),
		bottomEdge([cell(says, 'muted')], columns),
	];
}

/** Our own indentation stays, and lines that go on begin under it. */
function indentOf(text: string): number {
	return 1 + Math.min(8, text.length - text.trimStart().length);
}
