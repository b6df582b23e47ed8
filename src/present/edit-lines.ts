import type { Approval } from '../core/approval.ts';
import { subjectOf } from './card/words.ts';
import { atMost, blank, cell, type Line } from './cell.ts';
import type { Field } from './field.ts';
import { bottomEdge, topEdge } from './frame.ts';
import { joined } from './line.ts';
import { textArea } from './text-area.ts';

export type EditFacts = {
	readonly approval: Approval;
	readonly params: Field;
	readonly at: 'params' | 'buttons';
	/** Why it cannot be proposed, if it cannot. */
	readonly locked: string | undefined;
	readonly buttons: readonly { readonly keys: string; readonly says: string }[];
};

/** Edges, what it is, what is wrong, buttons. */
const FIXED = 5;

/** Parameters being changed, in exactly `rows` lines. */
export function editLines(
	{ approval, params, at, locked, buttons }: EditFacts,
	{ rows, columns }: { readonly rows: number; readonly columns: number },
): readonly Line[] {
	const tone = at === 'buttons' && locked === undefined ? 'plain' : 'muted';
	const shown = buttons.map(({ keys, says }) => [
		cell('[ ', tone),
		cell(keys, 'accent'),
		cell(` ${says} ]`, tone),
	]);
	return [
		topEdge(
			[cell(`edit ${approval.id}`, 'accent')],
			[cell('a new plan, a new hash', 'muted')],
			columns,
		),
		[blank(1), atMost(subjectOf(approval.plan), columns - 2)],
		...textArea(params, at === 'params', { rows: rows - FIXED, columns: columns - 11 }),
		locked === undefined ? [] : [blank(1), atMost(locked, columns - 2, 'warn')],
		[cell(at === 'buttons' ? '›' : ' ', 'accent'), blank(9), ...joined(shown, '   ')],
		bottomEdge([cell('Enter never runs anything', 'muted')], columns),
	];
}
