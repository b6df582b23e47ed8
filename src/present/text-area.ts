import { atMost, blank, cell, type Line, padded } from './cell.ts';
import { type Field, fieldLine } from './field.ts';
import { windowTop } from './window-top.ts';

const NUMBER = 8;

/** The lines of a text around the one that is being typed, numbered, in exactly `rows` lines. */
export function textArea(
	{ text, cursor }: Field,
	isTyped: boolean,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const lines = text.split('\n');
	const before = text.slice(0, cursor).split('\n');
	const current = before.length - 1;
	const top = windowTop(current, lines.length, rows);
	return Array.from({ length: rows }, (_, row) => {
		const line = lines[top + row];
		if (line === undefined) return [];
		const number = padded(cell(String(top + row + 1), 'muted'), NUMBER, 'end');
		const isHere = isTyped && top + row === current;
		const at = before.at(-1)?.length ?? 0;
		const shown = isHere ? fieldLine({ text: line, cursor: at }, columns) : [atMost(line, columns)];
		return [...number, blank(2), ...shown];
	});
}
