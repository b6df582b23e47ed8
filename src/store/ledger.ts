import type { Step } from '../core/approval.ts';
import { isoMs } from '../core/instant.ts';
import type { JournalFile } from './journal-file.ts';
import { reconcile, recoveredStep } from './reconcile.ts';
import { recordAfter } from './record.ts';
import type { RecordTable } from './record-table.ts';

/** Table and journal as the one thing they are to the writer of the moment. */
export class Ledger {
	readonly #table: RecordTable;
	readonly #journal: JournalFile;
	#start: number;
	#end: number;

	constructor(table: RecordTable, journal: JournalFile) {
		this.#table = table;
		this.#journal = journal;
		this.#start = journal.size();
		this.#end = this.#start;
	}

	/** Sets right what a crash left, and records that it was. */
	recover(now: number): void {
		const done = reconcile(this.#table, this.#journal);
		this.#start = this.#journal.size();
		this.#end = this.#start;
		if (done) this.put(recoveredStep(done, isoMs(now), this.#table.lastOf('E-store')?.step));
	}

	/** Journaled and flushed when it returns; it counts when the transaction is committed. */
	put(step: Step): number {
		const written = recordAfter(this.#table.head(), step);
		this.#table.insert(written);
		const line = `${written.line}\n`;
		this.#end += line.length;
		this.#journal.append(line);
		return written.kept.seq;
	}

	/** What was journaled in a transaction that failed, unless another writer has gone on from there. */
	takeBack(): void {
		if (this.#journal.size() <= this.#end) this.#journal.cut(this.#start);
	}
}
