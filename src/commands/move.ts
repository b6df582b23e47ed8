import { focusOf } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { bucketBeside } from '../state/slices/bars.ts';
import { cursorLine, rowAtCursor } from '../state/slices/list.ts';
import { command, onRow } from './command.ts';

const moving = (id: string, title: string, message: Message) =>
	command({ id, title, contexts: ['global', 'reading'], run: () => [message] });

export const down = moving('move.down', 'Down a line', { type: 'cursor.moved', by: 1 });
export const up = moving('move.up', 'Up a line (pauses)', { type: 'cursor.moved', by: -1 });
export const halfDown = moving('move.half-down', 'Down half a page', {
	type: 'cursor.paged',
	by: 0.5,
});
export const halfUp = moving('move.half-up', 'Up half a page', { type: 'cursor.paged', by: -0.5 });
export const pageDown = moving('move.page-down', 'Down a page', { type: 'cursor.paged', by: 1 });
export const pageUp = moving('move.page-up', 'Up a page', { type: 'cursor.paged', by: -1 });
export const first = moving('move.first', 'Oldest, or first line', {
	type: 'cursor.sent',
	to: 'first',
});
export const last = moving('move.last', 'Newest, or last line', {
	type: 'cursor.sent',
	to: 'last',
});

export const follow = command({
	id: 'list.follow',
	title: 'Live again',
	contexts: ['events'],
	blocked: ({ list }) => (list.selection === 'tail' ? 'the list is live already' : undefined),
	run: () => [{ type: 'list.followed' }],
});

export const toggleFollow = command({
	id: 'list.toggle',
	title: 'Pause, or live again',
	contexts: ['events'],
	run: ({ list }) => [{ type: list.selection === 'tail' ? 'list.paused' : 'list.followed' }],
});

export const foldRepeats = command({
	id: 'repeats.toggle',
	title: 'Repeats folded ×N, or each',
	contexts: ['events'],
	run: ({ list }) => [
		{ type: 'repeats.folded' },
		{
			type: 'noticed',
			tone: 'muted',
			text: list.isFolded ? 'every row stands for itself' : 'repeats stand behind one row: ×N',
		},
	],
});

export const nextEvent = command({
	id: 'event.next',
	title: 'The next event',
	hint: 'next event',
	contexts: ['detail'],
	run: () => [{ type: 'event.stepped', by: 1 }],
});

export const previousEvent = command({
	id: 'event.previous',
	title: 'The event before',
	contexts: ['events', 'detail'],
	run: () => [{ type: 'event.stepped', by: -1 }],
});

export const into = command({
	id: 'move.in',
	title: 'Unfold, or the next cell',
	run: (model) => sideways(model, 1),
});

export const out = command({
	id: 'move.out',
	title: 'Fold, or the cell before',
	run: (model) => sideways(model, -1),
});

export const toggleFold = command({
	id: 'fold.toggle',
	title: 'Fold or unfold the line',
	contexts: ['detail'],
	blocked: (model) => (lineAtCursor(model) ? undefined : 'there is nothing to unfold on this line'),
	run: (model) => {
		const line = lineAtCursor(model);
		return line ? [{ type: 'fold.set', fold: line.fold, isFolded: !line.isFolded }] : [];
	},
});

function sideways(model: Model, by: 1 | -1): readonly Message[] {
	if (focusOf(model) === 'tags') return [{ type: 'tag.folded', isFolded: by < 0 }];
	if (focusOf(model) !== 'detail') return [{ type: 'cell.picked', by }];
	const line = lineAtCursor(model);
	return line ? [{ type: 'fold.set', fold: line.fold, isFolded: by < 0 }] : [];
}

function lineAtCursor({ detail }: Model) {
	const line = detail.lines[detail.cursor];
	if (!line || !('fold' in line) || line.fold === undefined) return undefined;
	return { fold: line.fold, isFolded: line.isFolded ?? false };
}

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

const bucket = (id: string, title: string, by: 1 | -1) =>
	command({
		id,
		title,
		contexts: ['events'],
		blocked: (model) =>
			bucketBeside(model, by) === model.bars.bucketMs ? 'no other length of bars' : undefined,
		run: () => [{ type: 'bucket.changed', by }],
	});

export const shorterBars = bucket('bars.shorter', 'Bars of less time', -1);
export const longerBars = bucket('bars.longer', 'Bars of more time', 1);

export const toTime = command({
	id: 'time.open',
	title: 'Go to a time',
	contexts: ['events'],
	run: () => [{ type: 'prompt.opened', kind: 'time', text: '' }],
});
