import type { DatabaseSync } from 'node:sqlite';
import type { Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import type { Redact } from '../core/redact.ts';
import type {
	Conflict,
	Exported,
	Kept,
	Leases,
	StepFilter,
	Store,
	Verdict,
} from '../core/store.ts';
import { Bell } from './bell.ts';
import { openDatabase, transact } from './database.ts';
import { conflictWith } from './expected.ts';
import { type JournalFile, journalToRead, openJournalFile } from './journal-file.ts';
import { Ledger } from './ledger.ts';
import { makeFolder, type Place, worded } from './place.ts';
import { RecordTable } from './record-table.ts';
import { redactedStep } from './redacted-step.ts';
import { SqliteOutputs } from './sqlite-outputs.ts';
import { sqliteExported, sqliteLeases } from './sqlite-sides.ts';
import { verdictOn } from './verify.ts';

/** What a store on disk works with. */
export type StoreTools = {
	readonly clock: Clock;
	readonly redact: Redact;
	/** Opens the journal; a test puts a disk of its own there. */
	readonly openFile?: (path: string, mode: number) => JournalFile;
};

/** How often a watcher looks for what other processes wrote. */
const pollMs = 200;

/** Records in SQLite and, line by line, in a journal beside it; several processes may share them. */
export class SqliteStore implements Store {
	readonly leases: Leases;
	readonly exported: Exported;
	readonly outputs: SqliteOutputs;
	readonly #place: Place;
	readonly #tools: StoreTools;
	readonly #database: DatabaseSync;
	readonly #side: DatabaseSync;
	readonly #table: RecordTable;
	readonly #bell: Bell;
	readonly #closed = new AbortController();
	#journal: JournalFile | undefined;

	private constructor(place: Place, tools: StoreTools, main: DatabaseSync, side: DatabaseSync) {
		this.#place = place;
		this.#tools = tools;
		this.#database = main;
		this.#side = side;
		this.#table = new RecordTable(main);
		this.#bell = new Bell({ clock: tools.clock, everyMs: pollMs });
		this.leases = sqliteLeases(side);
		this.exported = sqliteExported(side);
		this.outputs = new SqliteOutputs(side, tools);
	}

	/**
	 * Throws a Failure that says why nothing can run: the place may not be written, its disk is full, it is damaged.
	 * What a crash left is set right at once, or with `isLooking` only when something is written.
	 */
	static async open(place: Place, tools: StoreTools, isLooking = false): Promise<SqliteStore> {
		makeFolder(place);
		const main = await openDatabase(place);
		const store = new SqliteStore(place, tools, main, await openDatabase(place, true));
		if (!isLooking) store.#write(() => undefined);
		return store;
	}

	async append(
		step: Step,
		expect: { readonly id: string; readonly rev: number },
	): Promise<{ readonly seq: number } | Conflict> {
		const answer = this.#write((ledger) => {
			const conflict = conflictWith(this.#table.lastOf(expect.id)?.step, step, expect);
			return conflict ?? { seq: ledger.put(redactedStep(step, this.#tools.redact)) };
		});
		this.#bell.ring();
		return answer;
	}

	async last(id: string): Promise<Step | undefined> {
		return this.#table.lastOf(id)?.step;
	}

	async *list(filter: StepFilter): AsyncIterable<Kept> {
		yield* this.#table.matching(filter);
	}

	async *watch(fromSeq: number, stop: AbortSignal): AsyncIterable<Kept> {
		const end = AbortSignal.any([stop, this.#closed.signal]);
		for (let seq = fromSeq; !end.aborted; ) {
			let isNew = false;
			for (const kept of this.#table.after(seq)) {
				if (end.aborted) return;
				yield kept;
				isNew = true;
				seq = kept.seq;
			}
			if (!isNew) await this.#bell.rung(end);
		}
	}

	async verify(): Promise<Verdict> {
		const journal = worded(this.#place, () => journalToRead(this.#place.journal));
		try {
			return await verdictOn(this.#table, journal);
		} finally {
			journal.close();
		}
	}

	async close(): Promise<void> {
		if (this.#closed.signal.aborted) return;
		this.#closed.abort();
		this.outputs.close();
		this.#side.close();
		this.#database.close();
		this.#journal?.close();
	}

	/** Does the work as the only writer of all processes, on a table and a journal that agree. */
	#write<T>(work: (ledger: Ledger) => T): T {
		return worded(this.#place, () => {
			const ledger = new Ledger(this.#table, this.#followed());
			return transact(
				this.#database,
				() => {
					ledger.recover(this.#tools.clock.now());
					return work(ledger);
				},
				() => ledger.takeBack(),
			);
		});
	}

	/** The journal under its name: one that was moved away is followed by a new one. */
	#followed(): JournalFile {
		if (this.#journal?.isThere()) return this.#journal;
		this.#journal?.close();
		const { openFile = openJournalFile } = this.#tools;
		this.#journal = openFile(this.#place.journal, this.#place.fileMode);
		return this.#journal;
	}
}
