import type { DeedOffer } from '../core/respond-session.ts';
import { tierTone, tierWord } from './card/words.ts';
import { atMost, blank, cell, fit, type Line } from './cell.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { filled } from './line.ts';

const TITLE = 26;

/** All actions that fit an event, in a box as wide as the screen; undefined offers are still asked for. */
export function offerLines(
	offers: readonly DeedOffer[] | undefined,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const room = columns - 4;
	const lines = (offers ?? []).slice(0, Math.max(1, rows - 2)).map((one) => offerLine(one, room));
	const shown = lines.length > 0 ? lines : [[cell(emptyWord(offers), 'muted')]];
	return [
		topEdge([cell('actions', 'accent')], [], columns),
		...shown.map((line) => [cell('│ ', 'muted'), ...filled(line, room), cell(' │', 'muted')]),
		bottomEdge([cell('a letter plans it, and it asks before it runs', 'muted')], columns),
	];
}

function emptyWord(offers: readonly DeedOffer[] | undefined): string {
	return offers === undefined ? 'looking what fits' : 'no action fits this event';
}

function offerLine({ letter = ' ', title, tier, target, blocked }: DeedOffer, room: number): Line {
	const isBlocked = blocked !== undefined;
	const tone = isBlocked ? 'muted' : 'plain';
	const half = Math.max(8, Math.floor((room - TITLE - 9) * (isBlocked ? 0.45 : 1)));
	return [
		cell(`${letter}  `, isBlocked ? 'muted' : 'accent'),
		...fit(title, TITLE, tone),
		cell(` ${tierWord(tier)} `.padEnd(5), isBlocked ? 'muted' : tierTone(tier)),
		...fit(target, half, tone),
		...(isBlocked ? [blank(1), atMost(blocked, room - TITLE - 9 - half - 1, 'warn')] : []),
	];
}
