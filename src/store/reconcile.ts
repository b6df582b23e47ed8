import { createHash } from 'node:crypto';
import type { Step } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';
import { ChainCheck } from './chain.ts';
import { linesOf, type Tail, tailOf } from './journal.ts';
import type { JournalFile } from './journal-file.ts';
import { type Head, recordIn } from './record.ts';
import type { RecordTable } from './record-table.ts';

/**
 * Makes table and journal end with the same record, after a crash or a loss left one behind. Says what was done, or
 * undefined where they agree; throws a Failure where they contradict each other. Only for the writer of the moment.
 */
export function reconcile(table: RecordTable, journal: JournalFile): JsonObject | undefined {
	const tail = tailOf(journal);
	const head = table.head();
	if (tail.torn === 0 && tail.head?.hash === head.hash) return undefined;
	const torn = tail.torn === 0 ? {} : { torn: cutTorn(journal, tail) };
	if (tail.head === undefined) throw apart(head.seq);
	return { ...torn, ...agree(table, journal, head, tail.head) };
}

/** The step that tells of it, after the last such step. */
export function recoveredStep(detail: JsonObject, at: string, last: Step | undefined): Step {
	const actor = { id: 'engine', name: 'eventctl' };
	return { id: 'E-store', rev: (last?.rev ?? 0) + 1, at, kind: 'recovered', actor, detail };
}

function agree(table: RecordTable, journal: JournalFile, head: Head, tail: Head): JsonObject {
	if (tail.hash === head.hash) return {};
	if (tail.seq > head.seq) return { adopted: adopt(table, journal, head) };
	if (table.hashAt(tail.seq) !== tail.hash) throw apart(tail.seq);
	// A journal that is gone is not written anew from the database: then it would vouch for nothing.
	if (tail.seq === 0) return { journalBegins: head.seq + 1 };
	return { completed: complete(table, journal, tail) };
}

/** Half a line was never acknowledged. */
function cutTorn(journal: JournalFile, { end, torn }: Tail): JsonObject {
	const sha256 = createHash('sha256').update(journal.read(end, torn)).digest('hex');
	journal.cut(end);
	return { bytes: torn, sha256 };
}

/** Whoever wrote these lines died before its commit: what is in the journal counts. */
function adopt(table: RecordTable, journal: JournalFile, head: Head): number {
	const check = new ChainCheck(head);
	for (const line of linesOf(journal)) {
		const seq = recordIn(line)?.seq;
		if (seq !== undefined && seq <= head.seq) continue;
		const kept = check.take(line);
		if ('why' in kept) throw apart(check.head.seq + 1);
		table.insert({ kept, line });
	}
	return check.head.seq - head.seq;
}

/** The journal lost its end: a disk that promised too much, or somebody cut it. */
function complete(table: RecordTable, journal: JournalFile, tail: Head): number {
	let count = 0;
	for (const { line } of table.rowsAfter(tail.seq)) {
		journal.append(`${line}\n`);
		count += 1;
	}
	return count;
}

function apart(seq: number): Failure {
	return new Failure(
		'store',
		`store: journal and database contradict each other at record ${seq}: nothing new runs; ` +
			'`eventctl audit verify` says where, then put a copy of the wrong one back',
	);
}
