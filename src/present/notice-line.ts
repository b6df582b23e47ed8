import { atMost, blank, cell, type Line } from './cell.ts';

const marks = { muted: '·', good: '✓', warn: '!', bad: '✗' } as const;

export type NoticeFacts = { readonly tone: keyof typeof marks; readonly text: string };

/** What just happened; while nothing did, the standing caption, if there is one. */
export function noticeLine(
	notice: NoticeFacts | undefined,
	caption: string,
	columns: number,
): Line {
	if (notice === undefined) return [blank(1), atMost(caption, columns - 2, 'accent')];
	const { tone, text } = notice;
	const mark = cell(` ${marks[tone]} `, tone);
	return [mark, atMost(text, columns - mark.width - 1, tone === 'muted' ? 'plain' : tone)];
}
