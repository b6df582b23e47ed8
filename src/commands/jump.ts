import type { Model } from '../state/model.ts';
import { cursorLine, rowAtCursor } from '../state/slices/list.ts';
import { command, onRow } from './command.ts';

const seeking = (id: string, title: string, towards: 'older' | 'newer') =>
	onRow({
		id,
		title,
		run: ({ seq }) => [
			{
				type: 'row.sought',
				filter: 'sev>=err',
				from: seq,
				towards,
				what: `${towards === 'newer' ? 'later' : 'earlier'} error`,
			},
		],
	});

export const nextError = seeking('error.next', 'The next error', 'newer');
export const previousError = seeking('error.previous', 'The error before', 'older');

const finding = (id: string, title: string, towards: 'older' | 'newer') =>
	onRow({
		id,
		title,
		blocked: (_, { find }) => (find === undefined ? 'nothing was looked for yet' : undefined),
		run: ({ seq }, { find = '' }) => [
			{
				type: 'row.sought',
				filter: find,
				from: seq,
				towards,
				what: `${towards === 'newer' ? 'later' : 'earlier'} ${find}`,
			},
		],
	});

export const findNext = finding('find.next', 'The next found', 'newer');
export const findPrevious = finding('find.previous', 'The one found before', 'older');

export const mark = onRow({
	id: 'mark.toggle',
	title: 'Mark, or take it off',
	run: ({ seq }) => [{ type: 'event.marked', seq }],
});

export const markRange = command({
	id: 'mark.range',
	title: 'Mark from the last mark',
	contexts: ['events'],
	blocked: (model) =>
		rangeOf(model).length > 0 ? undefined : 'no mark is on the screen to begin from',
	run: (model) => [{ type: 'events.marked', seqs: rangeOf(model) }],
});

/** The rows on screen between the mark set last and the cursor, both included. */
function rangeOf({ list }: Model): readonly number[] {
	const rows = list.window?.rows ?? [];
	const seq = [...list.marks].at(-1);
	const from = rows.findIndex((row) => row.seq === seq);
	if (from < 0) return [];
	const to = cursorLine(list);
	return rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.seq);
}

const toMark = (id: string, title: string, side: 'after' | 'before') =>
	command({
		id,
		title,
		contexts: ['events', 'detail'],
		blocked: (model) =>
			markBeside(model, side) === undefined ? `no mark ${side} this event` : undefined,
		run: (model) => {
			const seq = markBeside(model, side);
			return seq === undefined ? [] : [{ type: 'event.jumped', seq }];
		},
	});

export const nextMark = toMark('mark.next', 'The next mark', 'after');
export const previousMark = toMark('mark.previous', 'The mark before', 'before');

function markBeside({ list }: Model, side: 'after' | 'before'): number | undefined {
	const here = rowAtCursor(list)?.seq ?? 0;
	const marks = [...list.marks].sort((a, b) => a - b);
	return side === 'after' ? marks.find((seq) => seq > here) : marks.findLast((seq) => seq < here);
}

export const toTime = command({
	id: 'time.open',
	title: 'Go to a time',
	contexts: ['events'],
	run: () => [{ type: 'prompt.opened', kind: 'time', text: '' }],
});
