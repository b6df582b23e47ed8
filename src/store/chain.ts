import type { Kept, Verdict } from '../core/store.ts';
import { type Head, noHead, recordIn } from './record.ts';

/** Follows a chain of records, line by line, from its beginning or from a record it is told to trust. */
export class ChainCheck {
	head: Head;
	readonly #revs = new Map<string, number>();

	constructor(head: Head = noHead) {
		this.head = head;
	}

	/** The record that the line is, or why it cannot be the next. */
	take(line: string): Kept | { readonly why: string } {
		const kept = recordIn(line);
		if (!kept) return { why: 'it is no record' };
		const { seq, prev, step, hash } = kept;
		if (seq !== this.head.seq + 1) return { why: `record ${seq} stands in its place` };
		if (prev !== this.head.hash) return { why: 'it does not follow from the record before it' };
		const before = this.#revs.get(step.id);
		if (before !== undefined && step.rev !== before + 1) {
			return { why: `revision ${step.rev} of ${step.id} follows revision ${before}` };
		}
		this.#revs.set(step.id, step.rev);
		this.head = { seq, hash };
		return kept;
	}
}

/** What a chain that begins with its first record is worth. */
export function verdictOn(lines: Iterable<string>): Verdict {
	const check = new ChainCheck();
	for (const line of lines) {
		const taken = check.take(line);
		if ('why' in taken) return { kind: 'broken', seq: check.head.seq + 1, why: taken.why };
	}
	return { kind: 'whole', records: check.head.seq, head: check.head.hash };
}
