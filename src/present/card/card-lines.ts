import type { Approval } from '../../core/approval.ts';
import { atMost, blank, cell, type Line } from '../cell.ts';
import { joined, spread, widthOf } from '../line.ts';
import {
	briefFields,
	type CardFacts,
	type CardField,
	fieldLine,
	fieldLines,
	otherFields,
	wholeFields,
} from './fields.ts';
import { leftOf, subjectOf, tierTone, tierWord } from './words.ts';

type Room = { readonly rows: number; readonly columns: number };

/** What a card shows of its plan. */
export type Card = {
	readonly lines: readonly Line[];
	/** Evidence, plan, targets, undo and expiry are all there, uncut. */
	readonly isWhole: boolean;
};

export type BriefFacts = CardFacts & {
	/** Which of how many for the event under the hand. */
	readonly place: { readonly at: number; readonly of: number };
	/** What else waits there, and the key that shows it. */
	readonly others: readonly Approval[];
	readonly othersKey: string;
	/** The screen has room for more than what a yes needs. */
	readonly isRoomy: boolean;
};

/** The card under the live list, in at most `rows` lines. */
export function briefCard(facts: BriefFacts, { rows, columns }: Room): Card {
	const fields = fieldsOf(facts).map((field) => ({ field, lines: fieldLines(field, columns) }));
	const shares = shared(
		fields.map(({ field, lines }) => ({ wants: lines.length, isNeeded: field.isNeeded })),
		rows - 1,
	);
	const isWhole = fields.every(
		({ field, lines }, at) => !field.isNeeded || lines.length <= (shares[at] ?? 0),
	);
	const shown = fields.flatMap(({ field, lines }, at) =>
		withinShare(field, lines, shares[at] ?? 0, columns),
	);
	return { lines: [briefTitle(facts, columns), ...shown], isWhole };
}

/** How high that card wants to be: what a yes does not need takes a line each where the list needs the room. */
export function briefHeight(facts: BriefFacts, columns: number): number {
	const lines = fieldsOf(facts).map((field) =>
		field.isNeeded || facts.isRoomy ? fieldLines(field, columns).length : 1,
	);
	return lines.reduce((sum, count) => sum + count, 1);
}

function fieldsOf(facts: BriefFacts): readonly CardField[] {
	return [...briefFields(facts, facts.isRoomy), ...otherFields(facts)];
}

type Share = { readonly wants: number; readonly isNeeded: boolean };

/** One line for each as far as there are lines, what is needed first; then more to whoever needs more. */
function shared(all: readonly Share[], rows: number): readonly number[] {
	const shares = all.map(() => 0);
	let left = rows;
	const deal = (isFirst: boolean, isNeeded: boolean) => {
		for (const [at, share] of all.entries()) {
			const more = isFirst ? 1 : share.wants - (shares[at] ?? 0);
			const given = share.isNeeded === isNeeded ? Math.min(more, left) : 0;
			shares[at] = (shares[at] ?? 0) + given;
			left -= given;
		}
	};
	deal(true, true);
	deal(false, true);
	deal(true, false);
	deal(false, false);
	return shares;
}

function withinShare(
	field: CardField,
	lines: readonly Line[],
	share: number,
	columns: number,
): readonly Line[] {
	if (lines.length <= share) return lines;
	if (share <= 1) return share === 1 ? [fieldLine(field, columns)] : [];
	const rest: Line = [blank(12), cell(`… ${lines.length - share + 1} more lines`, 'warn')];
	return [...lines.slice(0, share - 1), rest];
}

/** ` ⚑ k8s.isolate-pod payments/pay-7d9f    T2   A-0097   expires 4:02   1 of 2 ` */
function briefTitle({ approval, now, place }: BriefFacts, columns: number): Line {
	const { plan, id } = approval;
	const right = [
		...joined(
			[
				[cell(tierWord(plan.tier), tierTone(plan.tier))],
				[cell(id, 'muted')],
				[cell(`expires ${leftOf(plan.notAfter, now)}`, 'warn')],
				place.of > 1 ? [cell(`${place.at} of ${place.of}`, 'muted')] : [],
			],
			'   ',
		),
		blank(1),
	];
	const room = columns - widthOf(right) - 4;
	return spread([cell(' ⚑ ', 'accent'), atMost(subjectOf(plan), room)], right, columns);
}

/** All there is to know about a plan, from line `top` on, in exactly `rows` lines. */
export function wholeCard(facts: CardFacts, { rows, columns }: Room, top: number): Card {
	const body = wholeFields(facts).flatMap((field) => fieldLines(field, columns));
	const room = rows - 1;
	const lastTop = Math.max(0, body.length - room);
	const from = Math.min(top, lastTop);
	const below = body.length - from - room;
	const lines = body.slice(from, from + room);
	const shown =
		below > 0
			? [...lines.slice(0, -1), moreBelow(below + 1)]
			: [...lines, ...empty(room - lines.length)];
	return { lines: [wholeTitle(facts, columns), ...shown], isWhole: below <= 0 };
}

/** The whole card where it fits, else the brief one. */
export function fittingCard(facts: CardFacts, room: Room): Card {
	const whole = wholeCard(facts, room, 0);
	if (whole.isWhole) return whole;
	const brief = briefCard({ ...facts, ...alone, isRoomy: false }, room);
	return { ...brief, lines: [...brief.lines, ...empty(room.rows - brief.lines.length)] };
}

/** In the queue a card stands for itself: the others are above it. */
const alone = { place: { at: 1, of: 1 }, others: [], othersKey: '' } as const;

/** The last line that may stand first where the whole card is shown. */
export function lastTopOf(facts: CardFacts, { rows, columns }: Room): number {
	const count = wholeFields(facts).reduce(
		(sum, field) => sum + fieldLines(field, columns).length,
		0,
	);
	return Math.max(0, count - (rows - 1));
}

function moreBelow(lines: number): Line {
	return [blank(2), cell(`… ${lines} more lines below`, 'warn')];
}

function empty(count: number): readonly Line[] {
	return Array.from({ length: Math.max(0, count) }, () => []);
}

/** ` k8s.isolate-pod payments/pay-7d9f   T2   plan 9f31c2 · A-0097   expires 2:53 ` */
function wholeTitle({ approval, now }: CardFacts, columns: number): Line {
	const { plan, id, contentHash } = approval;
	const right = [
		...joined(
			[
				[cell(tierWord(plan.tier), tierTone(plan.tier))],
				[cell(`plan ${contentHash.slice(0, 6)} · ${id}`, 'muted')],
				[cell(`expires ${leftOf(plan.notAfter, now)}`, 'warn')],
			],
			'   ',
		),
		blank(1),
	];
	const room = columns - widthOf(right) - 2;
	return spread([blank(1), atMost(subjectOf(plan), room, 'accent')], right, columns);
}
