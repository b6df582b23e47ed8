import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { main } from '../../src/cli/main.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The verb on the files of a folder. */
function aFolder(t: TestContext) {
	const folder = tempFolder(t);
	const path = (name: string) => join(folder, name);
	const record = async (...words: readonly string[]) => {
		const io = anIo({ HOME: folder });
		return { code: await main(['record', path('night.ndjson'), ...words], io), err: io.err() };
	};
	return { path, record };
}

test('while it records it tells how each source is, and at the end how many rows it has', async (t) => {
	const { path, record } = aFolder(t);
	writeFileSync(path('app.log'), 'one\ntwo\n');
	const { code, err } = await record('-s', `lines:${path('app.log')}`);
	assert.equal(code, 0);
	assert.match(err, /^lines: live\nlines: ended: .*\n\S+: 2 rows; look: /m);
});

test('a source that is not there is told, and is no success', async (t) => {
	const { path, record } = aFolder(t);
	const { code, err } = await record('-s', `lines:${path('nowhere')}`);
	assert.equal(code, 4);
	assert.match(err, /^lines: ended: cannot read \S+nowhere \(ENOENT\): it is not there/m);
	assert.match(err, /: 0 rows; look: /);
});

test('a recording never overwrites a file, and says where it may not write', async (t) => {
	const { record, path } = aFolder(t);
	writeFileSync(path('night.ndjson'), 'mine');
	const { code, err } = await record('-s', `lines:${path('app.log')}`);
	assert.equal(code, 2);
	assert.match(err, /cannot record into \S+: it exists: name another file/);
	assert.equal(readFileSync(path('night.ndjson'), 'utf8'), 'mine');
});

const isRoot = process.getuid?.() === 0;
test('a folder that takes no file from us is a denial', { skip: isRoot }, async (t) => {
	const { record, path } = aFolder(t);
	chmodSync(path('.'), 0o500);
	const { code, err } = await record('-s', `lines:${path('app.log')}`);
	assert.equal(code, 5);
	assert.match(err, /cannot record into \S+: EACCES/);
});
