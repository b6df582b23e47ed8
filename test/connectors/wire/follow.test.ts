import assert from 'node:assert/strict';
import {
	appendFileSync,
	closeSync,
	copyFileSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Place } from '../../../connectors/wire/file-reading.ts';
import { followFile } from '../../../connectors/wire/follow.ts';
import { LineCutter } from '../../../connectors/wire/ndjson.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { aSink } from '../../support/a-sink.ts';
import { tempFolder } from '../../support/temp-folder.ts';

type Wanted = { readonly text?: string; readonly from?: 'start' | 'end'; readonly place?: Place };

/** What a writer and logrotate do while nobody looks: each text is written, and renamed before the next. */
function rotate(path: string, ...texts: readonly string[]) {
	for (const [index, text] of texts.entries()) {
		writeFileSync(path, text, { flag: index === 0 ? 'r+' : 'w' });
		const isLast = index === texts.length - 1;
		if (!isLast) renameSync(path, `${path}.${texts.length - 1 - index}`);
	}
}

function later(): Date {
	return new Date(Date.now() + 60_000);
}

/** A file that is followed until the test ends. */
function following(t: TestContext, { text, from = 'start', place }: Wanted = {}) {
	const path = join(tempFolder(t), 'events.json');
	if (text !== undefined) writeFileSync(path, text);
	return { path, ...follow(t, path, from, place) };
}

function follow(t: TestContext, path: string, from: 'start' | 'end' = 'start', place?: Place) {
	const sink = aSink();
	const stop = new AbortController();
	const lines = new LineCutter(sink);
	const ended = followFile({ path, from, place, lines, sink, clock: systemClock }, stop.signal);
	const end = () => {
		stop.abort();
		return ended;
	};
	t.after(end);
	const bodies = () => sink.events.map(({ body }) => body.toString());
	const reads = (...expected: string[]) =>
		sink.until(expected.join(), () => bodies().join() === expected.join());
	return { sink, reads, bodies, end };
}

test('a file is read from its start, then as it grows', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n2\n' });
	await reads('1', '2');
	appendFileSync(path, '3\n');
	await reads('1', '2', '3');
	assert.deepEqual(sink.links, [{ kind: 'live' }]);
	assert.deepEqual(sink.gaps, []);
});

test('from its end, only what is new is read', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n', from: 'end' });
	await sink.until('live', () => sink.lastLink() === 'live');
	appendFileSync(path, '2\n');
	await reads('2');
});

test('an absent file is waited for, and read from its start when it comes', async (t) => {
	const { path, sink, reads } = following(t, { from: 'end' });
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const [link] = sink.links;
	assert.match(
		link?.kind === 'waiting' ? link.reason : '',
		/events\.json \(ENOENT\): it is not there \(yet\)$/,
	);
	writeFileSync(path, '1\n');
	await reads('1');
	assert.deepEqual(sink.gaps, []);
});

test('half a line waits for its end', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n{"half":' });
	await reads('1');
	appendFileSync(path, '2}\n');
	await reads('1', '{"half":2}');
	assert.deepEqual(sink.broke, []);
});

test('after a rename the old file is read to its end, lines written late included, then the new one', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n' });
	await reads('1');
	const writer = openSync(path, 'a');
	renameSync(path, `${path}.1`);
	writeSync(writer, '2\n');
	await reads('1', '2');
	writeFileSync(path, '');
	writeSync(writer, '3\n');
	await reads('1', '2', '3');
	writeSync(writer, '4\n');
	closeSync(writer);
	appendFileSync(path, '5\n');
	await reads('1', '2', '3', '4', '5');
	assert.deepEqual(sink.gaps, []);
	assert.deepEqual(sink.broke, []);
});

test('half a line left behind by a rotation is a broken row', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\nhal' });
	await reads('1');
	renameSync(path, `${path}.1`);
	writeFileSync(path, '2\n');
	await reads('1', '2');
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes.toString()),
		['hal'],
	);
});

test('a removed file that is made anew is read from its start', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n' });
	await reads('1');
	rmSync(path);
	writeFileSync(path, '2\n');
	await reads('1', '2');
	assert.deepEqual(sink.gaps, []);
});

test('a symlink that points elsewhere leads to the new file', async (t) => {
	const folder = tempFolder(t);
	const path = join(folder, 'current');
	writeFileSync(join(folder, 'one'), '1\n');
	writeFileSync(join(folder, 'two'), '2\n');
	symlinkSync('one', path);
	const { reads } = follow(t, path);
	await reads('1');
	symlinkSync('two', join(folder, 'next'));
	renameSync(join(folder, 'next'), path);
	await reads('1', '2');
});

test('copytruncate is a gap, half a line before it a broken row, and the file is read from its start', async (t) => {
	const { path, sink, reads } = following(t, { text: '11\n22\nhal' });
	await reads('11', '22');
	copyFileSync(path, `${path}.1`);
	truncateSync(path);
	await sink.until('a gap', () => sink.gaps.length === 1);
	appendFileSync(path, '3\n');
	await reads('11', '22', '3');
	assert.equal(sink.gaps[0]?.cause, 'the file was truncated');
	assert.ok(sink.gaps[0].from <= sink.gaps[0].to);
	assert.equal(sink.gaps[0].lost, undefined);
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes.toString()),
		['hal'],
	);
});

test('a file truncated and grown beyond where we were is known by its first bytes', async (t) => {
	const { path, sink, bodies } = following(t, { text: '1\n' });
	await sink.until('1', () => bodies().length === 1);
	writeFileSync(path, '22\n33\n');
	await sink.until('a gap', () => sink.gaps.length === 1);
	await sink.until('all of it', () => bodies().join().endsWith('22,33'));
});

test('a source opened again goes on where it stopped, within half a line too', async (t) => {
	const first = following(t, { text: '1\n2\nha' });
	await first.reads('1', '2');
	const place = await first.end();
	appendFileSync(first.path, 'lf\n3\n');
	const second = follow(t, first.path, 'start', place);
	await second.reads('half', '3');
	assert.deepEqual(second.sink.gaps, []);
});

test('a source opened again after its file was replaced says what it may have missed', async (t) => {
	const first = following(t, { text: '1\n' });
	await first.reads('1');
	const place = await first.end();
	writeFileSync(first.path, '5\n6\n');
	const second = follow(t, first.path, 'start', place);
	await second.reads('5', '6');
	assert.equal(second.sink.gaps.length, 1);
	assert.equal(second.sink.gaps[0]?.from, place?.at);
});

test('of several rotations at once no file is left out, and none is read twice', async (t) => {
	const folder = tempFolder(t);
	const path = join(folder, 'events.json');
	const older = new Date(Date.now() - 60_000);
	for (const name of ['events.json.9', 'events-other.json']) {
		writeFileSync(join(folder, name), 'not ours\n');
	}
	utimesSync(`${path}.9`, older, older);
	writeFileSync(path, '1\n');
	const { sink, reads } = follow(t, path);
	await reads('1');
	rotate(path, '1\n2\n', '3\n4', '5\n');
	await reads('1', '2', '3', '5');
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes.toString()),
		['4'],
	);
	assert.deepEqual(sink.gaps, []);
});

test('a rotated file that was packed before it was read is a gap', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n' });
	await reads('1');
	rotate(path, '1\n', '2\n', '3\n');
	renameSync(`${path}.1`, `${path}.1.gz`);
	utimesSync(`${path}.1.gz`, later(), later());
	await reads('1', '3');
	assert.deepEqual(
		sink.gaps.map(({ cause }) => cause),
		['events.json.1.gz was packed before it was read'],
	);
});

test('the file that was read is none that was missed once it is packed', async (t) => {
	const { path, sink, reads } = following(t, { text: '1\n' });
	await reads('1');
	const { atime, mtime } = statSync(path);
	copyFileSync(path, `${path}.1.gz`);
	rmSync(path);
	utimesSync(`${path}.1.gz`, atime, mtime);
	writeFileSync(path, '2\n');
	await reads('1', '2');
	assert.deepEqual(sink.gaps, []);
});

test('a source opened again finds its file under the name that rotation gave it', async (t) => {
	const first = following(t, { text: '1\n2\n' });
	await first.reads('1', '2');
	const place = await first.end();
	rotate(first.path, '1\n2\n3\n', '4\n', '5\n');
	const second = follow(t, first.path, 'start', place);
	await second.reads('3', '4', '5');
	assert.deepEqual(second.sink.gaps, []);
});

test('a folder in its place is said, not read', async (t) => {
	const { sink } = follow(t, tempFolder(t));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	const [link] = sink.links;
	assert.match(link?.kind === 'waiting' ? link.reason : '', /is a folder: name a file in it$/);
});
