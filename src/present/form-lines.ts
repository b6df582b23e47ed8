import { atMost, blank, cell, type Line, padded, type Tone } from './cell.ts';
import { type Choice, choiceLines } from './choice-lines.ts';
import type { DataReading } from './data-types.ts';
import { type Field, fieldLine } from './field.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { joined, spread } from './line.ts';
import { size } from './number.ts';
import { textArea } from './text-area.ts';
import { hanging } from './wrap.ts';

export type FormFacts = {
	/** Buses an event can be fired into. */
	readonly buses: readonly { readonly name: string; readonly isChosen: boolean }[];
	readonly tag: Field;
	readonly data: Field;
	/** Where the hand is; at the buttons a letter sends. */
	readonly at: 'tag' | 'data' | 'bus' | 'buttons';
	readonly completions: readonly Choice[];
	readonly picked: number;
	readonly reading: DataReading;
	/** What it will wake, in words; absent while the fields are not left. */
	readonly waking: { readonly says: string; readonly tone: Tone } | undefined;
	/** The same deed as a command line. */
	readonly sameAs: string;
	/** What the bus said to the last one. */
	readonly answer: { readonly says: string; readonly tone: Tone } | undefined;
	readonly buttons: readonly { readonly keys: string; readonly says: string }[];
};

type Room = { readonly rows: number; readonly columns: number };

const LABEL = 9;
const BUS_MOST = 24;
const COMPLETIONS = 3;
/** Lines of the form that hold neither data nor completions. */
const FIXED = 11;

/** The form that fires an event, in exactly `rows` lines. */
export function formLines(facts: FormFacts, { rows, columns }: Room): readonly Line[] {
	const room = columns - LABEL - 2;
	const completions = Math.max(1, Math.min(COMPLETIONS, rows - FIXED - 1));
	const dataRows = Math.max(1, rows - FIXED - completions);
	return [
		topEdge([cell('fire event', 'accent')], busTitle(facts), columns),
		labelled('tag', tagCells(facts, room), facts.at === 'tag'),
		...completionLines(facts, { rows: completions, columns: room }),
		labelled('data', [cell('YAML or JSON', 'muted')], facts.at === 'data'),
		...textArea(facts.data, facts.at === 'data', { rows: dataRows, columns: room }),
		typesLine(facts, columns),
		labelled('bus', busCells(facts), facts.at === 'bus'),
		...wakingLines(facts, columns),
		labelled('same as', [atMost(facts.sameAs, room, 'muted')], false),
		facts.answer ? [blank(1), atMost(facts.answer.says, columns - 2, facts.answer.tone)] : [],
		labelled('', buttonCells(facts), facts.at === 'buttons'),
		bottomEdge([], columns),
	];
}

function busTitle({ buses }: FormFacts): Line {
	const chosen = buses.find(({ isChosen }) => isChosen);
	if (chosen === undefined) return [cell('no bus', 'warn')];
	return [cell('bus: ', 'muted'), atMost(chosen.name, BUS_MOST)];
}

function labelled(label: string, line: Line, isActive: boolean): Line {
	const tone = isActive ? 'accent' : 'muted';
	return [cell(isActive ? '›' : ' ', 'accent'), ...padded(cell(label, tone), LABEL), ...line];
}

function tagCells({ tag, at }: FormFacts, room: number): Line {
	return at === 'tag' ? fieldLine(tag, room) : [atMost(tag.text, room)];
}

function completionLines(facts: FormFacts, { rows, columns }: Room): readonly Line[] {
	const choices = facts.at === 'tag' ? facts.completions : [];
	const shape = { rows, columns: Math.min(columns, 64) };
	const lines = choiceLines(choices, facts.picked, shape);
	return Array.from({ length: rows }, (_, row) => [blank(LABEL - 1), ...(lines[row] ?? [])]);
}

function typesLine({ reading }: FormFacts, columns: number): Line {
	if (reading.kind === 'wrong') {
		const says = atMost(reading.says, columns - LABEL - 4, 'bad');
		return labelled('types', [cell('✗ ', 'bad'), says], false);
	}
	const types = atMost(reading.types, columns - LABEL - 14);
	return spread(
		labelled('types', [types], false),
		[cell(`${size(reading.bytes)} `, 'muted')],
		columns,
	);
}

/** Two lines, so that nothing moves when the answer comes. */
function wakingLines({ waking }: FormFacts, columns: number): readonly Line[] {
	if (waking === undefined) return [labelled('wakes', [], false), []];
	const head = labelled('wakes', [], false);
	const [first = [], second = [], ...rest] = hanging(head, waking.says, waking.tone, columns - 1);
	return [first, rest.length > 0 ? [blank(LABEL + 1), cell('… and more', 'warn')] : second];
}

function busCells({ buses }: FormFacts): Line {
	return joined(
		buses.map(({ name, isChosen }) => {
			const bus = atMost(name, BUS_MOST, isChosen ? 'accent' : 'muted');
			return isChosen ? [cell('[', 'accent'), bus, cell(']', 'accent')] : [bus];
		}),
		'  ',
	);
}

function buttonCells({ buttons, at }: FormFacts): Line {
	const tone = at === 'buttons' ? 'plain' : 'muted';
	return joined(
		buttons.map(({ keys, says }) => [
			cell('[ ', tone),
			cell(keys, 'accent'),
			cell(` ${says} ]`, tone),
		]),
		'   ',
	);
}
