import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { evidenceKinds } from '../../src/actions/evidence-items.ts';
import { collectOf, hostCollect } from '../../src/actions/host-collect.ts';
import { httpClient } from '../../src/actions/http-client.ts';
import { openHost } from '../../src/actions/this-host.ts';
import { systemClock } from '../../src/core/clock.ts';
import { Secret } from '../../src/core/secret.ts';
import { finished, notesOf, saidOf, startRun } from '../support/a-run.ts';
import { aStorage } from '../support/a-storage.ts';
import { someTools } from '../support/some-tools.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { actionContract } from './contract.ts';

const host = hostname();
const item = (file: string, ...argv: readonly string[]) => ({
	file,
	argv,
	timeoutMs: 20_000,
	maxBytes: 4096,
});
const few = collectOf([
	{ says: 'clock', items: [item('date.txt', 'date', '-u', '+%FT%TZ')] },
	{
		says: 'what goes wrong',
		items: [
			item('failing.txt', 'sh', '-c', 'echo half; echo no luck >&2; exit 3'),
			item('absent.txt', 'no-such-program'),
			item('flood.txt', 'yes'),
			{ ...item('slow.txt', 'sleep', '100'), timeoutMs: 20 },
			item('bytes.bin', 'printf', '\\377\\0\\376'),
		],
	},
	{ says: 'what comes after', items: [item('uname.txt', 'uname', '-s')] },
]);

actionContract(hostCollect, { target: host, tools: () => toolsFor('/var/lib/none') });

test('each piece is a file of its own, and none that fails stops the rest', async (t) => {
	const base = tempFolder(t);
	const progress = await finished(few, { host }, toolsFor(base));
	const folder = join(base, `R-0098-${host}`);
	const found = manifestIn(folder);
	assert.equal(statSync(folder).mode & 0o777, 0o700);
	for (const { file, sha256, bytes } of found) {
		const content = readFileSync(join(folder, file));
		assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600);
		assert.equal(createHash('sha256').update(content).digest('hex'), sha256, file);
		assert.equal(content.length, bytes);
	}
	const by = Object.fromEntries(found.map((one) => [one.file, one]));
	assert.equal(by['failing.txt']?.exitCode, 3);
	assert.equal(by['failing.txt']?.stderr, 'no luck');
	assert.match(by['absent.txt']?.missing ?? '', /no such program/u);
	assert.match(by['flood.txt']?.missing ?? '', /more than 4096 bytes/u);
	assert.equal(by['flood.txt']?.bytes, 4096);
	assert.match(by['slow.txt']?.missing ?? '', /not done in 20 ms/u);
	assert.deepEqual(readFileSync(join(folder, 'bytes.bin')), Buffer.from([0xff, 0, 0xfe]));
	assert.equal(readFileSync(join(folder, 'uname.txt'), 'utf8'), 'Linux\n');
	assert.match(saidOf(progress, 1), /5 files, .* not whole: failing\.txt, absent\.txt/u);

	const manifest = readFileSync(join(folder, 'manifest.json'));
	const own = createHash('sha256').update(manifest).digest('hex');
	assert.equal(readFileSync(join(folder, 'manifest.sha256'), 'utf8'), `${own}  manifest.json\n`);
	assert.match(notesOf(progress)[0] ?? '', new RegExp(own, 'u'));
});

test('evidence of an earlier run of the same number stays as it was', async (t) => {
	const base = tempFolder(t);
	const quick = collectOf([{ says: 'clock', items: [item('date.txt', 'date')] }]);
	for (const _ of [1, 2]) await finished(quick, { host }, toolsFor(base));
	assert.deepEqual(readdirSync(base), [`R-0098-${host}`, `R-0098-${host}-2`]);
});

test('it uploads to storage that speaks S3, signed, and reads each file back', async (t) => {
	const storage = await aStorage(t);
	const base = tempFolder(t);
	const progress = await finished(few, { host, upload: true }, toolsFor(base, storage.s3));
	const folder = join(base, `R-0098-${host}`);
	for (const file of readdirSync(folder)) {
		assert.deepEqual(
			storage.files.get(`/evidence/R-0098-${host}/${file}`),
			readFileSync(join(folder, file)),
			file,
		);
	}
	assert.equal(storage.files.size, readdirSync(folder).length);
	assert.match(saidOf(progress, 4), /9 files, each read back/u);
});

test('it uploads by plain PUT below a URL, with its token', async (t) => {
	const storage = await aStorage(t);
	await finished(few, { host, upload: true }, toolsFor(tempFolder(t), storage.plain));
	assert.equal(storage.files.get(`/drop/R-0098-${host}/uname.txt`)?.toString(), 'Linux\n');
});

test('what storage spoils is told, and the rest is there all the same', async (t) => {
	const storage = await aStorage(t, (path) => path.endsWith('/date.txt'));
	const run = await startRun(few, { host, upload: true }, toolsFor(tempFolder(t), storage.s3));
	await assert.rejects(
		run.over,
		/1 of 9 files are not uploaded \(date\.txt: what came back is not what was sent\)/u,
	);
	assert.equal(storage.files.size, 9);
});

test('storage that does not know our key refuses, and that is told', async (t) => {
	const storage = await aStorage(t);
	const tools = toolsFor(tempFolder(t), storage.s3, 'wrong');
	const run = await startRun(few, { host, upload: true }, tools);
	await assert.rejects(run.over, /9 of 9 files are not uploaded \(PUT .*: HTTP 403\)/u);
	assert.equal(storage.files.size, 0);
});

test('an upload is our own deed, of T1, and needs to be configured', async (t) => {
	const params = { host, upload: true };
	assert.equal(few.tierFor?.(few.parse(params)), 1);
	assert.equal(few.tierFor?.(few.parse({ host })), 0);
	await assert.rejects(
		startRun(few, params, toolsFor(tempFolder(t))),
		/name host\.collect\.upload/u,
	);
});

test('it begins with what is gone first and ends with the logs, in seven kinds', () => {
	const kinds = evidenceKinds.map(({ says }) => says);
	assert.equal(kinds[0], 'clock and identity');
	assert.deepEqual(kinds.slice(1), [
		'sockets and sessions',
		'processes',
		'open and deleted files',
		'network',
		'what makes it last',
		'files',
		'logs',
	]);
	const files = evidenceKinds.flatMap(({ items }) => items.map(({ file }) => file));
	assert.equal(new Set(files).size, files.length);
	assert.equal(files[0], 'date-first.txt');
	assert.equal(files.at(-1), 'date-last.txt');
});

type Entry = {
	readonly file: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly exitCode: number | null;
	readonly missing?: string;
	readonly stderr?: string;
};

function manifestIn(folder: string): readonly Entry[] {
	return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).evidence.files;
}

function toolsFor(folder: string, upload?: object, key = 'hush') {
	const http = httpClient({ clock: systemClock, env: {} });
	return someTools({
		run: 'R-0098',
		clock: systemClock,
		settings: { host: { collect: { folder, ...(upload ? { upload } : {}) } } },
		host: (name) => openHost(name, {}),
		http: async () => http,
		secret: async (reference) => new Secret(reference === 'env:KEY' ? key : 'AKID'),
	});
}
