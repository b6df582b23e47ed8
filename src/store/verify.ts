import type { Kept, Verdict } from '../core/store.ts';
import { ChainCheck } from './chain.ts';
import { JournalCopy } from './journal-copy.ts';
import type { JournalBytes } from './journal-file.ts';
import type { RecordRow, RecordTable } from './record-table.ts';

/** Records looked at before others get their turn. */
const slice = 500;

/**
 * What the records are worth: each follows from the one before, each column says what its line says, and the journal
 * has the very same lines.
 */
export async function verdictOn(
	table: Pick<RecordTable, 'rowsAfter'>,
	journal: JournalBytes,
): Promise<Verdict> {
	const check = new ChainCheck();
	const copy = new JournalCopy(journal);
	for (const row of table.rowsAfter(0)) {
		const seq = check.head.seq + 1;
		const why = unlike(row, check.take(row.line)) ?? copy.contradicts(row);
		if (why !== undefined) return { kind: 'broken', seq, why };
		if (seq % slice === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	return copy.verdict(check);
}

/** What of the row is not what its line says. */
function unlike(row: RecordRow, taken: Kept | { readonly why: string }): string | undefined {
	if ('why' in taken) return taken.why;
	const { seq, prev, hash, step } = taken;
	const columns = { seq, prev, hash, id: step.id, rev: step.rev, kind: step.kind, at: step.at };
	const wrong = Object.entries(columns).find(([name, value]) => Reflect.get(row, name) !== value);
	return wrong && `its column ${wrong[0]} is not what was written`;
}
