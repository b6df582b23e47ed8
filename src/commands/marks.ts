import type { Row } from '../core/session.ts';
import { onlyValue } from '../filter/parts.ts';
import type { Model } from '../state/model.ts';
import { newestOwn } from '../state/slices/marks.ts';
import { command, onRow } from './command.ts';
import { tiesOf } from './field-of.ts';

export const claim = onRow({
	id: 'event.claim',
	title: 'Claim: I am looking at it',
	hint: 'claim',
	tier: 1,
	blocked: (_, model) => whyHidden(model),
	run: (row, model) => [{ type: 'events.claimed', seqs: meant(row, model) }],
});

export const note = onRow({
	id: 'event.note',
	title: 'A note',
	reach: () => ({ tier: 1, what: 'a note' }),
	blocked: (_, model) => whyHidden(model),
	run: (row, model) => [
		{ type: 'prompt.opened', kind: 'note', text: '', about: { seqs: meant(row, model) } },
	],
});

export const silence = onRow({
	id: 'event.silence',
	title: 'Silence what is like it, for a while',
	hint: 'silence…',
	reach: () => ({ tier: 1, what: 'a silence' }),
	run: (row) => {
		const [tie] = tiesOf(row).toReversed();
		const filter = tie ? onlyValue(tie.key, tie.value) : onlyValue('src', row.source);
		const about = { seqs: [row.seq] };
		return [{ type: 'prompt.opened', kind: 'silence', text: `2h ${filter}`, about }];
	},
});

export const undo = command({
	id: 'respond.undo',
	title: 'Take back my last claim, note or silence',
	tier: 1,
	blocked: (model) =>
		newestOwn(model) ? undefined : 'no claim, note or silence of yours is there to take back',
	run: (model) => {
		const mark = newestOwn(model);
		if (!mark) return [];
		return [
			{ type: 'taken-back', record: mark.record },
			{ type: 'noticed', tone: 'muted', text: `${mark.kind} ${mark.record} is taken back` },
		];
	},
});

/** The marked rows, where some are marked; else the one under the hand. */
function meant(row: Row, { list }: Model): readonly number[] {
	return list.marks.size > 0 ? [...list.marks] : [row.seq];
}

/** What is done to many is done only where all of them are seen. */
function whyHidden({ list }: Model): string | undefined {
	const shown = new Set(list.window?.rows.map(({ seq }) => seq));
	const hidden = [...list.marks].filter((seq) => !shown.has(seq)).length;
	if (hidden === 0) return undefined;
	return `${hidden} of ${list.marks.size} marked rows are not on the screen: bring them back or take their marks off`;
}
