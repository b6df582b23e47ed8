import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Store } from '../../src/core/store.ts';
import { tailOf } from '../../src/store/journal.ts';
import { type JournalFile, openJournalFile } from '../../src/store/journal-file.ts';
import { aStep } from '../support/a-step.ts';
import {
	aStore,
	journalIn,
	journalOf,
	listed,
	put,
	putNotes,
	recoveries,
} from '../support/a-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

const records = 100;

describe('a store after a crash', () => {
	test('knows the last whole record at every byte a journal can be cut at', async (t) => {
		const folder = tempFolder(t);
		await putNotes(await aStore(t, folder), records);
		const bytes = journalIn(folder);
		const ends = [0];
		for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at + 1);
		assert.equal(ends.length, records + 1);
		for (let whole = 0, size = 0; size <= bytes.length; size++) {
			if (size === ends[whole + 1]) whole++;
			const { head, end, torn } = tailOf(journalOf(bytes.subarray(0, size)));
			assert.deepEqual([head?.seq, end, torn], [whole, ends[whole], size - (ends[whole] ?? 0)]);
		}
	});

	test('is whole again wherever its journal was cut, keeps every record, and tells of it', async (t) => {
		const folder = tempFolder(t);
		await (await withNotes(t, folder, records)).close();
		const journal = join(folder, 'journal.jsonl');
		const bytes = journalIn(folder);
		let acknowledged = records;
		for (let size = 500; size < bytes.length; size += 997) {
			truncateSync(journal, size);
			const store = await aStore(t, folder);
			const found = await listed(store);
			assert.deepEqual(
				found.slice(0, acknowledged).map(({ seq }) => seq),
				upTo(acknowledged),
			);
			assert.equal((await store.verify()).kind, 'whole', `cut at ${size}`);
			acknowledged = found.length;
			await store.close();
		}
	});

	test('cuts half a line off and tells how much it was', async (t) => {
		const folder = tempFolder(t);
		await (await withNotes(t, folder, 2)).close();
		appendFileSync(join(folder, 'journal.jsonl'), '{"half');
		const store = await aStore(t, folder);
		const sha256 = createHash('sha256').update('{"half').digest('hex');
		assert.deepEqual(await recoveries(store), [{ torn: { bytes: 6, sha256 } }]);
		assert.equal((await store.verify()).kind, 'whole');
	});

	test('completes a journal that lost its end', async (t) => {
		const folder = tempFolder(t);
		await (await withNotes(t, folder, 5)).close();
		const text = journalIn(folder).toString('latin1').split('\n');
		writeFileSync(join(folder, 'journal.jsonl'), `${text.slice(0, 3).join('\n')}\n`);
		const store = await aStore(t, folder);
		assert.deepEqual(await recoveries(store), [{ completed: 2 }]);
		assert.deepEqual(await store.verify().then(({ kind }) => kind), 'whole');
	});

	test('adopts what was journaled and not committed', async (t) => {
		const folder = tempFolder(t);
		const store = await withNotes(t, folder, 2);
		await store.close();
		const database = join(folder, 'events.db');
		copyFileSync(database, `${database}.before`);
		await (await withNotes(t, folder, 2, 3)).close();
		copyFileSync(`${database}.before`, database);
		const later = await aStore(t, folder);
		assert.deepEqual(await recoveries(later), [{ adopted: 2 }]);
		assert.deepEqual((await listed(later)).map(({ step }) => step.id).slice(0, 4), [
			'N-1',
			'N-2',
			'N-3',
			'N-4',
		]);
		assert.equal((await later.verify()).kind, 'whole');
	});

	test('writes nothing where journal and database contradict each other', async (t) => {
		const folder = tempFolder(t);
		await (await withNotes(t, folder, 3)).close();
		const foreign = tempFolder(t);
		await (await withNotes(t, foreign, 3, 7)).close();
		copyFileSync(join(foreign, 'journal.jsonl'), join(folder, 'journal.jsonl'));
		await assert.rejects(aStore(t, folder), { code: 'store', message: /contradict each other/ });
	});
});

describe('a journal that cannot be written', () => {
	for (const [what, breakAt] of [
		['before anything is written', 0],
		['in the middle of a line', 0.5],
		['when it is to be flushed', 1],
	] as const) {
		test(`${what} stops the step, and nothing of it stands`, async (t) => {
			const folder = tempFolder(t);
			const disk = { isFull: false };
			const openFile = (path: string, mode: number) =>
				fullWhen(() => disk.isFull, breakAt, openJournalFile(path, mode));
			const store = await aStore(t, folder, { openFile });
			await putNotes(store, 1);
			disk.isFull = true;
			const step = aStep('note', { id: 'N-2' });
			await assert.rejects(put(store, step), {
				code: 'store',
				message: /the disk is full: nothing new/,
			});
			assert.equal(await store.last('N-2'), undefined);
			assert.equal((await store.verify()).kind, 'whole');
			disk.isFull = false;
			assert.deepEqual(await put(store, step), { seq: 2 });
			assert.equal((await store.verify()).kind, 'whole');
		});
	}
});

/** A disk that takes so much of what it is given, and then says that it is full. */
function fullWhen(isFull: () => boolean, part: number, file: JournalFile): JournalFile {
	return {
		...file,
		append(text) {
			if (!isFull()) return file.append(text);
			file.append(text.slice(0, text.length * part));
			throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
		},
	};
}

async function withNotes(t: TestContext, folder: string, count: number, from = 1): Promise<Store> {
	const store = await aStore(t, folder);
	await putNotes(store, count, from);
	return store;
}

function upTo(last: number): readonly number[] {
	return Array.from({ length: last }, (_, index) => index + 1);
}
