import { focusOf } from '../state/contexts.ts';
import type { Message } from '../state/message.ts';
import type { Model } from '../state/model.ts';
import { bucketBeside } from '../state/slices/bars.ts';
import { command } from './command.ts';

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
