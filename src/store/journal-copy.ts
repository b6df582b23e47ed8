import type { Verdict } from '../core/store.ts';
import type { ChainCheck } from './chain.ts';
import { linesOf, tailOf } from './journal.ts';
import type { JournalBytes } from './journal-file.ts';
import { recordIn } from './record.ts';
import type { RecordRow } from './record-table.ts';

/** The journal, held beside the table line by line. */
export class JournalCopy {
	readonly #lines: Iterator<string>;
	readonly #torn: number;
	/** The first record it holds; what went before was lost with an older journal. */
	readonly #begins: number | undefined;
	#line: string | undefined;
	/** The last record that both have. */
	#matched = 0;

	constructor(journal: JournalBytes) {
		this.#lines = linesOf(journal);
		this.#torn = tailOf(journal).torn;
		this.#line = this.#next();
		this.#begins = this.#line === undefined ? Number.POSITIVE_INFINITY : recordIn(this.#line)?.seq;
	}

	/** Why the journal and this row cannot both be right; undefined where they agree or only one of them speaks. */
	contradicts({ seq, line }: RecordRow): string | undefined {
		if (this.#begins === undefined) return 'the first line of the journal is no record';
		if (seq < this.#begins || this.#line === undefined) return undefined;
		if (this.#line !== line) return 'the journal has another record there';
		this.#line = this.#next();
		this.#matched = seq;
		return undefined;
	}

	/** What is to be said when the table has ended, whole, at the check's head. */
	verdict(check: ChainCheck): Verdict {
		const { seq, hash } = check.head;
		if (this.#begins === undefined) {
			return { kind: 'broken', seq: 1, why: 'the first line of the journal is no record' };
		}
		if (this.#line !== undefined) return this.#ahead(check);
		const why = this.#lack(seq);
		if (why !== undefined) return { kind: 'unanchored', records: seq, why };
		return { kind: 'whole', records: seq, head: hash };
	}

	#lack(last: number): string | undefined {
		if (last > 0 && this.#matched === 0) return 'the journal is missing';
		if (this.#matched < last) return `the journal ends at record ${this.#matched} of ${last}`;
		if (this.#torn > 0) return `the journal ends in half a line of ${this.#torn} bytes`;
		if (this.#begins !== 1 && last > 0) return `the journal begins at record ${this.#begins}`;
		return undefined;
	}

	#ahead(check: ChainCheck): Verdict {
		const records = check.head.seq;
		for (; this.#line !== undefined; this.#line = this.#next()) {
			const kept = check.take(this.#line);
			if ('why' in kept) return { kind: 'broken', seq: check.head.seq + 1, why: kept.why };
		}
		const count = check.head.seq - records;
		const why = `the journal goes on after the database's last record, by ${count}`;
		return { kind: 'unanchored', records, why };
	}

	#next(): string | undefined {
		const { done, value } = this.#lines.next();
		return done ? undefined : value;
	}
}
