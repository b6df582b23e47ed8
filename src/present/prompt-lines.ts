import { atMost, blank, cell, type Line, padded } from './cell.ts';
import { type Choice, choiceLines } from './choice-lines.ts';
import { type Field, fieldLine } from './field.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { filled, widthOf } from './line.ts';
import { grouped } from './number.ts';

export type PromptKind = keyof typeof titles;

export type PromptFacts = {
	readonly kind: PromptKind;
	readonly field: Field;
	/** What is wrong with the text; `column` counts from 0. */
	readonly error: { readonly text: string; readonly column?: number } | undefined;
	readonly choices: readonly Choice[];
	/** The line of the choices that is picked. */
	readonly picked: number;
	/** How many rows matched when it opened, and how many do now; more of them while they are still counted. */
	readonly matched: {
		readonly before: number | undefined;
		readonly now: number;
		readonly isCounted: boolean;
	};
};

const titles = {
	filter: 'filter',
	find: 'find, hiding nothing',
	time: 'go to a time',
	palette: 'commands',
	reject: 'reject: why?',
	note: 'note',
	silence: 'silence: how long, what',
	settle: 'what was found out about this run',
	audit: 'records that hold',
	view: 'saved views; a new name saves what is looked at',
} as const;

const readings = {
	filter: 'reads well',
	find: 'n and N go to the next and the one before',
	time: '03:06, -15m, 2026-11-21T03:06',
	palette: '',
	reject: 'the reason goes into the audit',
	note: 'kept with the event, in the audit',
	silence: 'reads well',
	settle: 'it goes into the audit',
	audit: 'words, all of them; nothing shows all',
	view: '',
} as const satisfies Record<PromptKind, string>;

/** What the filter's grammar knows, beside the completions. */
const grammar = [
	['words', 'all of them, any order', 'web12 passwd'],
	['tag:GLOB', "Salt's * crosses /", 'salt/job/*/ret/*'],
	['subject:GLOB', 'NATS: * one, > rest', 'ops.>'],
	['key:value', 'also != < <= > >= ~', 'sev>=err  rc!=0'],
	['/re/', 'on tag and body', 'not  or  ( )'],
	['= CEL', 'an expression', '= rc != 0'],
] as const;

const EDGES_FIELD_READING = 4;
const COMPLETIONS = 25;

/** How many rows a prompt takes on a screen of so many: fewer where the list would be left with none. */
export function promptRows(kind: PromptKind, screenRows: number): number {
	const isRoomy = screenRows >= 22;
	if (kind === 'filter') return EDGES_FIELD_READING + (isRoomy ? grammar.length : 3);
	if (kind === 'palette' || kind === 'view') return EDGES_FIELD_READING + (isRoomy ? 10 : 5);
	return EDGES_FIELD_READING;
}

/** What is being typed, where it fails, and what completes it. */
export function promptLines(
	facts: PromptFacts,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const inner = Math.max(0, rows - EDGES_FIELD_READING);
	const middle = facts.kind === 'filter' ? withGrammar : choicesOnly;
	return [
		topEdge([cell(titles[facts.kind], 'accent')], matchCells(facts), columns),
		[blank(1), ...fieldLine(facts.field, columns - 2)],
		readingLine(facts, columns),
		...middle(facts, inner, columns),
		bottomEdge([], columns),
	];
}

/** `412 → 9 match`, `412 → ≥ 9 match` */
function matchCells({ kind, matched }: PromptFacts): Line {
	if (kind !== 'filter') return [];
	const { before, now, isCounted } = matched;
	const sign = isCounted ? '' : '≥ ';
	const from = before === undefined || before === now ? '' : `${grouped(before)} → `;
	return [cell(from, 'muted'), cell(`${sign}${grouped(now)} match`)];
}

function choicesOnly(
	{ choices, picked }: PromptFacts,
	rows: number,
	columns: number,
): readonly Line[] {
	const lines = choiceLines(choices, picked, { rows, columns });
	return Array.from({ length: rows }, (_, row) => lines[row] ?? []);
}

function withGrammar(
	{ choices, picked }: PromptFacts,
	rows: number,
	columns: number,
): readonly Line[] {
	const lines = choiceLines(choices, picked, { rows, columns: COMPLETIONS });
	return Array.from({ length: rows }, (_, row) => [
		...filled(lines[row] ?? [], COMPLETIONS),
		...grammarLine(row, columns - COMPLETIONS),
	]);
}

function grammarLine(row: number, columns: number): Line {
	const [form, says, example] = grammar[row] ?? ['', '', ''];
	const head = [blank(1), ...padded(cell(form, 'accent'), 13)];
	const middle = columns >= 54 ? padded(cell(says, 'muted'), 23) : [];
	return [...head, ...middle, cell(example)];
}

function readingOf({ kind, field, choices }: PromptFacts): string {
	const isEmpty = field.text.trim() === '';
	if (kind === 'view') return isEmpty || choices.length > 0 ? '' : 'a new name: it saves this view';
	return kind === 'filter' && isEmpty ? 'every event' : readings[kind];
}

/** Under the text: a caret at the character that fails, or how the text is read. */
function readingLine(facts: PromptFacts, columns: number): Line {
	const { field, error } = facts;
	if (error === undefined) {
		const says = readingOf(facts);
		return says === '' ? [] : [cell(' ✓ ', 'good'), cell(says, 'muted')];
	}
	if (error.column === undefined)
		return [cell(' ✗ ', 'bad'), atMost(error.text, columns - 4, 'bad')];
	const upTo = field.text.slice(0, error.column);
	const caret = 1 + widthOf(fieldLine({ text: upTo, cursor: upTo.length }, columns - 2)) - 1;
	const says = `column ${error.column + 1}: ${error.text}`;
	const room = columns - caret - 3;
	if (says.length <= room) return [blank(caret), cell('^ ', 'bad'), atMost(says, room, 'bad')];
	return [cell(' ✗ ', 'bad'), atMost(says, columns - 4, 'bad')];
}
