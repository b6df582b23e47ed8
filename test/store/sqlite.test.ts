import assert from 'node:assert/strict';
import { renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { aProposal, aStep } from '../support/a-step.ts';
import { aStore, listed, put, putNotes } from '../support/a-store.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { conforms } from './conformance.ts';

conforms('sqlite', (t, redact) => aStore(t, tempFolder(t), { redact }));

test('two processes share a store: the loser is told who won', async (t) => {
	const folder = tempFolder(t);
	const [one, other] = [await aStore(t, folder), await aStore(t, folder)];
	await put(one, aProposal());
	const [yes, no] = [aStep('approve', { rev: 2 }), aStep('reject', { rev: 2 })];
	assert.deepEqual(await put(other, no), { seq: 2 });
	assert.deepEqual(await put(one, yes), { conflict: no });
	assert.equal((await one.verify()).kind, 'whole');
});

test('what another process writes is seen at the next look', async (t) => {
	const folder = tempFolder(t);
	const clock = fakeClock();
	const [watcher, writer] = [await aStore(t, folder, { clock }), await aStore(t, folder)];
	const stop = new AbortController();
	const watching = watcher.watch(0, stop.signal)[Symbol.asyncIterator]();
	const next = watching.next();
	await clock.until('the watcher sleeps', () => clock.pending().length > 0);
	await putNotes(writer, 1);
	clock.advance(200);
	assert.equal((await next).value?.step.id, 'N-1');
	stop.abort();
});

test('a store is its owner’s alone', async (t) => {
	const folder = join(tempFolder(t), 'data', 'eventctl');
	await putNotes(await aStore(t, folder), 1);
	assert.equal(statSync(folder).mode & 0o777, 0o700);
	for (const name of ['events.db', 'events.db-wal', 'journal.jsonl']) {
		assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
	}
});

for (const name of ['events.db', 'journal.jsonl']) {
	test(`${name} as a symbolic link is refused`, async (t) => {
		const folder = tempFolder(t);
		writeFileSync(join(folder, 'elsewhere'), '');
		symlinkSync(join(folder, 'elsewhere'), join(folder, name));
		await assert.rejects(aStore(t, folder), { code: 'store', message: /is a symbolic link/ });
	});
}

test('a store of a newer eventctl is refused, and left as it is', async (t) => {
	const folder = tempFolder(t);
	await (await aStore(t, folder)).close();
	const database = new DatabaseSync(join(folder, 'events.db'));
	t.after(() => database.close());
	database.exec('PRAGMA user_version = 99');
	await assert.rejects(aStore(t, folder), { code: 'store', message: /is of version 99/ });
});

test('a file that is no database is refused with a sentence', async (t) => {
	const folder = tempFolder(t);
	writeFileSync(join(folder, 'events.db'), 'this is no database, but it is long enough'.repeat(99));
	await assert.rejects(aStore(t, folder), { code: 'store', message: /is no database/ });
});

test('records are neither changed, deleted nor replaced', async (t) => {
	const folder = tempFolder(t);
	const store = await aStore(t, folder);
	await putNotes(store, 2);
	const database = new DatabaseSync(join(folder, 'events.db'));
	t.after(() => database.close());
	for (const sql of [
		"UPDATE records SET kind = 'end'",
		'DELETE FROM records WHERE seq = 2',
		"INSERT OR REPLACE INTO records VALUES (2, 'N-9', 1, 'note', '', '', '', '')",
		"INSERT OR REPLACE INTO records VALUES (3, 'N-1', 1, 'note', '', '', '', '')",
	]) {
		assert.throws(() => database.exec(sql), /a record is never/, sql);
	}
	assert.equal((await store.verify()).kind, 'whole');
});

test('a journal that was moved away is followed by a new one, and it is told', async (t) => {
	const folder = tempFolder(t);
	const store = await aStore(t, folder);
	await putNotes(store, 3);
	renameSync(join(folder, 'journal.jsonl'), join(folder, 'journal.jsonl.1'));
	assert.deepEqual(await store.verify(), {
		kind: 'unanchored',
		records: 3,
		why: 'the journal is missing',
	});
	await putNotes(store, 1, 4);
	assert.deepEqual((await listed(store)).map(({ step }) => step.kind).slice(3), [
		'recovered',
		'note',
	]);
	assert.deepEqual(await store.verify(), {
		kind: 'unanchored',
		records: 5,
		why: 'the journal begins at record 4',
	});
});

test('what a run printed outlives its process', async (t) => {
	const folder = tempFolder(t);
	const store = await aStore(t, folder);
	store.outputs.write('R-1', 0, 'out', 'one\ntwo');
	await store.close();
	const later = await aStore(t, folder);
	assert.deepEqual(
		(await later.outputs.read('R-1')).map(({ text }) => text),
		['one', 'two'],
	);
	later.outputs.write('R-1', 1, 'out', 'three\n');
	assert.equal((await later.outputs.read('R-1')).length, 3);
});

test('what may be lost stops nothing where it cannot be written', async (t) => {
	const folder = tempFolder(t);
	const store = await aStore(t, folder);
	store.outputs.write('R-1', 0, 'out', 'kept in memory\n');
	const other = new DatabaseSync(join(folder, 'events.db'));
	other.exec('DROP TABLE leases; DROP TABLE outputs');
	other.close();
	store.leases.renew('A-1', 1, 1000);
	store.outputs.end('R-1');
	assert.equal((await store.outputs.read('R-1')).length, 1);
	await putNotes(store, 1);
	assert.equal((await store.verify()).kind, 'whole');
});
