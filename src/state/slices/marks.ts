import type { Mark } from '../../core/respond-session.ts';
import type { Message } from '../message.ts';
import type { Model } from '../model.ts';
import { requested } from '../request.ts';

/** Claims, notes and silences: ours, and taken back by a key. */
export function marks(model: Model, message: Message): Model {
	switch (message.type) {
		case 'marks':
			return { ...model, marks: message.marks };
		case 'events.claimed':
			return requested(model, (id) => ({ type: 'acknowledged', id, seqs: message.seqs }));
		case 'note.written':
			return requested(model, (id) => ({
				type: 'noted',
				id,
				seqs: message.seqs,
				text: message.text,
			}));
		case 'silence.set':
			return requested(model, (id) => ({
				type: 'silenced',
				id,
				filter: message.filter,
				untilMs: message.untilMs,
			}));
		default:
			return model;
	}
}

/** The operator's newest claim, note or silence. */
export function newestOwn({ marks, approvals, identity }: Model): Mark | undefined {
	const name = approvals.you?.name ?? identity.operator;
	return marks
		.filter(({ by }) => by === name)
		.toSorted((a, b) => a.at.localeCompare(b.at))
		.at(-1);
}

/** The rows that were claimed or noted; a note says more than a claim. */
export function touchedRows(marks: readonly Mark[]): ReadonlyMap<number, 'claimed' | 'noted'> {
	const rows = new Map<number, 'claimed' | 'noted'>();
	for (const { kind, seqs } of marks) {
		for (const seq of seqs) {
			if (kind === 'note') rows.set(seq, 'noted');
			else if (!rows.has(seq)) rows.set(seq, 'claimed');
		}
	}
	return rows;
}
