import type { Approval } from '../core/approval.ts';
import type { DeedOffer } from '../core/respond-session.ts';
import { deedOf, objectOf, tierTone, tierWord } from './card/words.ts';
import { atMost, blank, cell, fit, type Line } from './cell.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { filled } from './line.ts';

const TITLE = 26;

export type Offers = {
	/** All actions that fit the event; undefined while they are asked for. */
	readonly offers: readonly DeedOffer[] | undefined;
	/** What is suggested for it already and has its card behind the one that is shown. */
	readonly waiting: readonly Approval[];
};

/** What can be done about an event, in a box as wide as the screen: a digit shows a card, a letter makes a plan. */
export function offerLines(
	{ offers, waiting }: Offers,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const room = columns - 4;
	const cards = waiting.slice(0, 9).map((one, at) => waitingLine(one, at + 1, room));
	const letters = (offers ?? []).map((one) => offerLine(one, room));
	const more = letters.length > 0 ? letters : [[cell(emptyWord(offers), 'muted')]];
	const shown = [...cards, ...more].slice(0, Math.max(1, rows - 2));
	return [
		topEdge([cell('actions', 'accent')], [], columns),
		...shown.map((line) => [cell('│ ', 'muted'), ...filled(line, room), cell(' │', 'muted')]),
		bottomEdge([cell('a letter plans it, and it asks before it runs', 'muted')], columns),
	];
}

function emptyWord(offers: readonly DeedOffer[] | undefined): string {
	return offers === undefined ? 'looking what fits' : 'no action fits this event';
}

function waitingLine({ plan, id }: Approval, digit: number, room: number): Line {
	return [
		cell(`${digit}  `, 'accent'),
		...fit(`⚑ ${deedOf(plan)}`, TITLE),
		cell(` ${tierWord(plan.tier)} `.padEnd(5), tierTone(plan.tier)),
		...fit(objectOf(plan), Math.max(8, room - TITLE - 9 - id.length)),
		cell(id, 'muted'),
	];
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
