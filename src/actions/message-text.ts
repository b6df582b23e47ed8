import { escapeUnseen } from '../codec/escape.ts';
import { notations } from '../core/notation.ts';

const writtenOut = notations.ascii.escape;

/**
 * A text as people elsewhere may read it: what cannot be seen is written out (`\e`, `\u{202e}`), lines stay lines,
 * and of more than `most` characters the cut says how many are missing.
 */
export function messageText(text: string, most: number): string {
	return cut(escapeUnseen(text, writtenOut), most);
}

/** The same on one line, for a subject or a title. */
export function messageLine(text: string, most: number): string {
	return cut(escapeUnseen(text, writtenOut).replaceAll('\n', writtenOut(0x0a)), most);
}

function cut(text: string, most: number): string {
	const characters = [...text];
	if (characters.length <= most) return text;
	return characters.slice(0, most).join('') + cutMark(characters.length - most);
}

/** ASCII, for an ellipsis would double the length of a text message. */
export function cutMark(missing: number): string {
	return `...+${missing}`;
}
