import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Failure } from '../core/errors.ts';
import type { Kept, StepFilter } from '../core/store.ts';
import { inUtc } from './filter.ts';
import { type Head, noHead, recordIn, type Written } from './record.ts';

/** A row of the table: the record's line, and beside it what is looked for. */
export type RecordRow = {
	readonly seq: number;
	readonly id: string;
	readonly rev: number;
	readonly kind: string;
	readonly at: string;
	readonly prev: string;
	readonly hash: string;
	readonly line: string;
};

const pageRows = 500;

/** The table of records: read in pages, so that no reader holds up a writer. */
export class RecordTable {
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	head(): Head {
		const sql = 'SELECT seq, hash FROM records ORDER BY seq DESC LIMIT 1';
		const row = this.#database.prepare(sql).get();
		return row ? { seq: Number(row['seq']), hash: String(row['hash']) } : noHead;
	}

	/** The record's hash; undefined where there is no such record. */
	hashAt(seq: number): string | undefined {
		if (seq === 0) return noHead.hash;
		const row = this.#database.prepare('SELECT hash FROM records WHERE seq = ?').get(seq);
		return row && String(row['hash']);
	}

	lastOf(id: string): Kept | undefined {
		const sql = 'SELECT * FROM records WHERE id = ? ORDER BY rev DESC LIMIT 1';
		const row = this.#database.prepare(sql).get(id);
		return row && keptOf(rowOf(row));
	}

	insert({ kept, line }: Written): void {
		const { seq, prev, hash, step } = kept;
		this.#database
			.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
			.run(seq, step.id, step.rev, step.kind, step.at, prev, hash, line);
	}

	*matching(filter: StepFilter): Generator<Kept> {
		const { where, values } = conditionsOf(filter);
		const { last } = filter;
		const after = last === undefined ? 0 : this.#startOfLast(where, values, last);
		for (const row of this.rowsAfter(after, where, values)) yield keptOf(row);
	}

	*after(seq: number): Generator<Kept> {
		for (const row of this.rowsAfter(seq)) yield keptOf(row);
	}

	*rowsAfter(
		seq: number,
		where = '1',
		values: readonly SQLInputValue[] = [],
	): Generator<RecordRow> {
		const sql = `SELECT * FROM records WHERE seq > ? AND ${where} ORDER BY seq LIMIT ${pageRows}`;
		for (let after = seq; ; ) {
			const rows = this.#database
				.prepare(sql)
				.all(after, ...values)
				.map(rowOf);
			yield* rows;
			const last = rows.at(-1);
			if (!last || rows.length < pageRows) return;
			after = last.seq;
		}
	}

	/** The number before the last so many. */
	#startOfLast(where: string, values: readonly SQLInputValue[], last: number): number {
		const newest = `SELECT seq FROM records WHERE ${where} ORDER BY seq DESC LIMIT ?`;
		const sql = `SELECT min(seq) AS first FROM (${newest})`;
		const first = this.#database.prepare(sql).get(...values, last)?.['first'];
		return typeof first === 'number' ? first - 1 : Number.MAX_SAFE_INTEGER;
	}
}

type Conditions = { readonly where: string; readonly values: readonly SQLInputValue[] };

function conditionsOf({ id, kinds, since, until }: StepFilter): Conditions {
	const parts: readonly (readonly [string, readonly SQLInputValue[]])[] = [
		['1', []],
		...(id === undefined ? [] : [['id = ?', [id]] as const]),
		...(kinds ? [[`kind IN (${kinds.map(() => '?').join()})`, kinds] as const] : []),
		...(since === undefined ? [] : [['at >= ?', [inUtc(since)]] as const]),
		...(until === undefined ? [] : [['at <= ?', [inUtc(until)]] as const]),
	];
	return {
		where: parts.map(([part]) => part).join(' AND '),
		values: parts.flatMap(([, values]) => values),
	};
}

function rowOf(row: Readonly<Record<string, unknown>>): RecordRow {
	const text = (name: string) => String(row[name]);
	return {
		seq: Number(row['seq']),
		id: text('id'),
		rev: Number(row['rev']),
		kind: text('kind'),
		at: text('at'),
		prev: text('prev'),
		hash: text('hash'),
		line: text('line'),
	};
}

function keptOf(row: RecordRow): Kept {
	const kept = recordIn(row.line);
	if (kept) return kept;
	throw new Failure(
		'store',
		`store: record ${row.seq} cannot be read: \`eventctl audit verify\` says what is broken`,
	);
}
