import { escapeAll } from './escaper.ts';
import { fit, hasLongBlank } from './fit.ts';
import { type NotationName, notations } from './notation.ts';
import { decodeUtf8 } from './utf8.ts';
import { stableWidth } from './width.ts';

declare const brand: unique symbol;

/** Text that a terminal can be given. This file is its only maker. */
export type SafeText = string & { readonly [brand]: true };

/** Printable ASCII, but for the backslash that begins escapes in files. */
const plain = /^[ -[\]-~]*$/;

/**
 * Any value as text a terminal can be given. What is not printable, not visible or of uncertain width is shown as
 * its code point and nothing is stripped: `a␛[31mb⟨U+202E⟩`. `file` is the notation of exports, copies and logs
 * (`\e`, `\u{202e}`), `ascii` the same without any other character. Bytes are read as UTF-8, an object becomes JSON.
 */
export function safeText(value: unknown, notation: NotationName = 'screen'): SafeText {
	const text = textOf(value);
	return made(plain.test(text) ? text : escapeAll(text, notations[notation]));
}

/**
 * The beginning of a value that fits into so many columns of a list; a cut shows how many code points are missing
 * (`…+120`), and eight spaces or more are counted (`␣×30`). Its cost grows with the columns, not with the text.
 */
export function safeCell(
	value: unknown,
	columns: number,
	notation: NotationName = 'screen',
): SafeText {
	const text = textOf(value);
	return made(isWholeCell(text, columns) ? text : fit(text, columns, notations[notation]));
}

/** The cheap answer for nearly all cells: nothing in it could be escaped, counted or taken for a cut. */
function isWholeCell(text: string, columns: number): boolean {
	return text.length <= columns && plain.test(text) && !hasLongBlank(text) && !text.includes('...');
}

function made(text: string): SafeText {
	return text as SafeText;
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value instanceof Uint8Array) return decodeUtf8(value);
	if (value instanceof Error) return value.message;
	return typeof value === 'object' && value !== null ? jsonOf(value) : String(value);
}

function jsonOf(value: object): string {
	try {
		return String(
			JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)),
		);
	} catch (error) {
		return `(cannot be shown: ${error instanceof Error ? error.message : 'not JSON'})`;
	}
}

/**
 * A safe text in pieces of at most so many columns (at least 2), broken behind a blank where one is near; put
 * together they are the text again.
 */
export function safePieces(text: SafeText, columns: number): readonly SafeText[] {
	const pieces: SafeText[] = [];
	let rest: string = text;
	for (let end = pieceEnd(rest, columns); end < rest.length; end = pieceEnd(rest, columns)) {
		pieces.push(made(rest.slice(0, end)));
		rest = rest.slice(end);
	}
	return [...pieces, made(rest)];
}

/** Where the first piece of a text ends. */
function pieceEnd(text: string, columns: number): number {
	let used = 0;
	let end = 0;
	for (const character of text) {
		used += Math.max(0, stableWidth(character.codePointAt(0) ?? 0));
		if (used > columns) return nearBlank(text, end);
		end += character.length;
	}
	return end;
}

/** Behind the last blank before `end`, if it lies in the second half. */
function nearBlank(text: string, end: number): number {
	const blank = text.lastIndexOf(' ', end - 1) + 1;
	return blank > end / 2 ? blank : end;
}
