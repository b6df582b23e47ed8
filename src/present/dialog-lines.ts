import { fittingCard } from './card/card-lines.ts';
import type { CardFacts } from './card/fields.ts';
import { leftOf, tierWord } from './card/words.ts';
import { atMost, blank, cell, type Line, padded, type Tone } from './cell.ts';
import { type Field, fieldLine } from './field.ts';
import { bottomEdge, topEdge } from './frame.ts';
import type { Area } from './layout.ts';
import { joined, widthOf } from './line.ts';

export type DialogFacts = CardFacts & {
	readonly profile: string | undefined;
	readonly reason: Field;
	readonly name: Field;
	/** What has to be typed. */
	readonly typedName: string;
	readonly at: 'reason' | 'name' | 'buttons';
	/** Why the key to run it is locked, if it is. */
	readonly locked: string | undefined;
	readonly buttons: readonly { readonly keys: string; readonly says: string }[];
};

const LABEL = 10;
/** Edges, reason, name, what is missing, buttons. */
const FORM_ROWS = 6;

/** Where the card of a dialog stands. */
export function dialogParts(body: Area): { readonly card: Area } {
	return { card: { ...body, top: body.top + 1, rows: Math.max(1, body.rows - FORM_ROWS) } };
}

/** The last questions before what cannot be undone, in exactly the area's lines. */
export function dialogLines(facts: DialogFacts, area: Area): readonly Line[] {
	const { columns } = area;
	return [
		topEdge(
			titleCells(facts, columns),
			[cell(`expires ${leftOf(facts.approval.plan.notAfter, facts.now)}`, 'warn')],
			columns,
		),
		...fittingCard(facts, dialogParts(area).card).lines,
		fieldRow('reason', facts.reason, facts.at === 'reason', columns),
		nameRow(facts, columns),
		lockRow(facts, columns),
		buttonRow(facts),
		bottomEdge([cell('Enter never runs anything', 'muted')], columns),
	];
}

/** `APPROVE · T3 · cannot be undone · PROD` */
function titleCells({ approval, profile }: DialogFacts, columns: number): Line {
	const { plan, undo } = approval;
	const end = 'none' in undo && columns >= 70 ? [cell('cannot be undone', 'bad')] : [];
	return joined(
		[
			[cell('APPROVE', 'accent')],
			[cell(tierWord(plan.tier), 'bad')],
			end,
			profile === undefined ? [] : [atMost(profile.toUpperCase(), 16, 'alarm')],
		],
		' · ',
	);
}

function fieldRow(label: string, field: Field, isHere: boolean, columns: number): Line {
	const room = columns - LABEL - 3;
	const shown = isHere ? fieldLine(field, room) : [atMost(field.text, room)];
	return [...head(label, isHere), ...shown];
}

/** ` confirm   type  web12 :  web1█` */
function nameRow({ name, typedName, at }: DialogFacts, columns: number): Line {
	const isHere = at === 'name';
	const ask = [
		cell('type  '),
		atMost(typedName, Math.floor(columns / 2), 'warn'),
		cell('  to unlock:  '),
	];
	const room = columns - LABEL - widthOf(ask) - 3;
	const shown = isHere ? fieldLine(name, room) : [atMost(name.text, room)];
	return [...head('confirm', isHere), ...ask, ...shown];
}

function lockRow({ locked }: DialogFacts, columns: number): Line {
	if (locked === undefined) return [blank(1), cell('unlocked', 'good')];
	return [blank(1), atMost(`locked: ${locked}`, columns - 2, 'warn')];
}

function buttonRow({ buttons, at, locked }: DialogFacts): Line {
	const isHere = at === 'buttons';
	const tone: Tone = isHere && locked === undefined ? 'plain' : 'muted';
	const cells = buttons.map(({ keys, says }) => [
		cell('[ ', tone),
		cell(keys, 'accent'),
		cell(` ${says} ]`, tone),
	]);
	return [...head('', isHere), ...joined(cells, '   ')];
}

function head(label: string, isHere: boolean): Line {
	const tone = isHere ? 'accent' : 'muted';
	return [cell(isHere ? '›' : ' ', 'accent'), ...padded(cell(label, tone), LABEL)];
}
