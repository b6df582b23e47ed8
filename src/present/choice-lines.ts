import { atMost, cell, fit, type Line, type Tone } from './cell.ts';
import { filled, toned } from './line.ts';
import { windowTop } from './window-top.ts';

/** One of a list to pick from; a blocked one stays and says why. */
export type Choice = {
	readonly text: string;
	/** What stands at its right: a count, a key, a reason. */
	readonly aside: string;
	readonly isBlocked: boolean;
};

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

function choiceLine({ text, aside, isBlocked }: Choice, isPicked: boolean, columns: number): Line {
	const tone: Tone = isBlocked ? 'muted' : 'plain';
	const right = atMost(aside, Math.floor(columns / 2), 'muted');
	const room = Math.max(1, columns - 4 - right.width);
	const line = filled(
		[cell(isPicked ? '› ' : '  '), ...fit(text, room, tone), cell(' '), right],
		columns,
	);
	return isPicked ? toned(line, 'focus') : line;
}
