import assert from 'node:assert/strict';
import type { Verdict } from '../../src/core/store.ts';
import { hashOf, noHead, recordAfter } from '../../src/store/record.ts';
import type { RecordRow } from '../../src/store/record-table.ts';
import { verdictOn } from '../../src/store/verify.ts';
import { aStep } from './a-step.ts';
import { journalOf } from './a-store.ts';
import { type Random, random } from './random.ts';

export const records = 100;

/** A whole table of notes, and its journal. */
export const rows: readonly RecordRow[] = chained(
	Array.from({ length: records }, (_, index) => `note ${index} of what was done`),
);
export const journal = bytesOf(rows);

/** Changes a journal so often, each time in one way, and holds that it is found. */
export async function tamperWithJournals(rounds: number, seed: number): Promise<void> {
	const seeded = random(seed);
	for (let round = 0; round < rounds; round++) {
		const [what, change] = seeded.pick(journalChanges);
		const changed = change(Buffer.from(journal), seeded);
		if (changed.equals(journal)) continue;
		const { kind } = await verdict(rows, changed);
		assert.notEqual(kind, 'whole', `round ${round}: ${what}`);
	}
}

/** The same with a table, whose first record that is wrong is named. */
export async function tamperWithTables(rounds: number, seed: number): Promise<void> {
	const seeded = random(seed);
	for (let round = 0; round < rounds; round++) {
		const [what, change] = seeded.pick(tableChanges);
		const at = seeded.below(records);
		const found = await verdict(change([...rows], at, seeded), journal);
		if (found.kind !== 'broken') {
			assert.deepEqual([found.kind, what, at], ['unanchored', 'a row is gone', records - 1]);
		} else assert.equal(found.seq, at + 1, `round ${round}: ${what}: ${found.why}`);
	}
}

type JournalChange = (bytes: Buffer, seeded: Random) => Buffer;
const journalChanges: readonly (readonly [string, JournalChange])[] = [
	[
		'a bit',
		(bytes, seeded) => {
			const at = seeded.below(bytes.length);
			bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << seeded.below(8)), at);
			return bytes;
		},
	],
	[
		'a byte more',
		(bytes, seeded) => {
			const at = seeded.below(bytes.length + 1);
			return Buffer.concat([bytes.subarray(0, at), seeded.bytes(1), bytes.subarray(at)]);
		},
	],
	[
		'a byte less',
		(bytes, seeded) => {
			const at = seeded.below(bytes.length);
			return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
		},
	],
	['its end', (bytes, seeded) => bytes.subarray(0, seeded.below(bytes.length))],
	['its beginning', (bytes, seeded) => bytes.subarray(1 + seeded.below(bytes.length))],
	[
		'a line gone',
		(bytes, seeded) => withLines(bytes, (lines) => lines.toSpliced(seeded.below(records), 1)),
	],
	[
		'a line twice',
		(bytes, seeded) =>
			withLines(bytes, (lines) => {
				const at = seeded.below(records);
				return lines.toSpliced(at, 0, lines[at] ?? '');
			}),
	],
	[
		'lines changed about',
		(bytes, seeded) =>
			withLines(bytes, (lines) => {
				const [one, other] = [seeded.below(records), seeded.below(records)];
				return lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');
			}),
	],
];

type TableChange = (table: RecordRow[], at: number, seeded: Random) => RecordRow[];
const tableChanges: readonly (readonly [string, TableChange])[] = [
	['its number', changed((row) => ({ seq: row.seq + 1 }))],
	['its id', changed((row) => ({ id: `${row.id}0` }))],
	['its revision', changed((row) => ({ rev: row.rev + 1 }))],
	['its kind', changed(() => ({ kind: 'approve' }))],
	['its time', changed((row) => ({ at: row.at.replace('2026', '2025') }))],
	['what it follows', changed((row) => ({ prev: row.hash }))],
	['its hash', changed((row) => ({ hash: row.prev }))],
	['its text', changed(({ line }) => ({ line: line.replace('done', 'gone') }))],
	['a blank in its text', changed(({ line }) => ({ line: `${line} ` }))],
	['its text and its hash', changed(({ line }) => rowOf(line.replace('done', 'gone')))],
	['a row is gone', (table, at) => table.toSpliced(at, 1)],
	[
		'a row of elsewhere',
		(table, at, seeded) => {
			const from = (at + 1 + seeded.below(records - 1)) % records;
			return table.with(at, table[from] as RecordRow);
		},
	],
];

function changed(change: (row: RecordRow) => Partial<RecordRow>): TableChange {
	return (table, at) => {
		const row = table[at] as RecordRow;
		return table.with(at, { ...row, ...change(row) });
	};
}

function withLines(bytes: Buffer, change: (lines: string[]) => string[]): Buffer {
	const lines = bytes.toString('latin1').split('\n').slice(0, -1);
	return Buffer.from(
		change(lines)
			.map((line) => `${line}\n`)
			.join(''),
		'latin1',
	);
}

/** A whole table of notes of these texts, without a database around it. */
export function chained(texts: readonly string[]): readonly RecordRow[] {
	let head = noHead;
	return texts.map((text, index) => {
		const step = aStep('note', { id: `N-${index}`, detail: { text } });
		const written = recordAfter(head, step);
		head = written.kept;
		return rowOf(written.line);
	});
}

export function rowOf(line: string): RecordRow {
	const { seq, id, rev, kind, at, prev } = JSON.parse(line);
	return { seq, id, rev, kind, at, prev, hash: hashOf(line), line };
}

/** The journal that goes with a table. */
export function bytesOf(table: readonly RecordRow[]): Buffer {
	return Buffer.from(table.map(({ line }) => `${line}\n`).join(''), 'latin1');
}

export function verdict(table: readonly RecordRow[], bytes: Buffer): Promise<Verdict> {
	return verdictOn(
		{
			*rowsAfter() {
				yield* table;
			},
		},
		journalOf(bytes),
	);
}
