import { atMost, blank, cell, fit, type Line } from './cell.ts';
import { filled, toned } from './line.ts';
import { windowTop } from './window-top.ts';

/** One of a list to pick from; at its right stands a count, a key. */
export type Choice = { readonly text: string; readonly aside: string };

/** The part of a list around what is picked, at most `rows` lines. */
export function choiceLines(
	choices: readonly Choice[],
	picked: number,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const top = windowTop(picked, choices.length, rows);
	return choices
		.slice(top, top + rows)
		.map((choice, at) => choiceLine(choice, top + at === picked, columns));
}

function choiceLine({ text, aside }: Choice, isPicked: boolean, columns: number): Line {
	const right = atMost(aside, Math.floor(columns / 2), 'muted');
	const room = Math.max(1, columns - 4 - right.width);
	const line = [cell(isPicked ? '› ' : '  '), ...fit(text, room), blank(1), right];
	return isPicked ? toned(filled(line, columns), 'focus') : line;
}
