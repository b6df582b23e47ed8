import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { falco, falcoOn } from '../../connectors/falco.ts';
import { aSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { root, testFile } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

const sample = testFile('recordings/falco.jsonl');
const sampleLines = sample.toString().trimEnd().split('\n');

/** A source as `-s falco:REST` opens it. */
function opened(t: TestContext, rest: string, connector = falco) {
	const sink = aSink();
	const stop = new AbortController();
	const settings = connector.parse(connector.fromText(rest, new Map()));
	const ended = connector.open(settings, sink, stop.signal);
	t.after(() => {
		stop.abort();
		return ended;
	});
	return { sink, ended, bodies: () => sink.events.map(({ body }) => body.toString()) };
}

test('the thirty sample lines arrive byte for byte, without a tag', async (t) => {
	const { sink, bodies } = opened(t, `${root}test/recordings/falco.jsonl`);
	await sink.until('thirty', () => sink.events.length === 30);
	assert.deepEqual(bodies(), sampleLines);
	assert.deepEqual([...new Set(sink.tags())], ['']);
});

test('a line that is no JSON is a broken row that names the cure', async (t) => {
	const path = join(tempFolder(t), 'events.txt');
	writeFileSync(path, '07:06:40.120394857: Critical Web server spawned shell\n{}\n');
	const { sink } = opened(t, path);
	await sink.until('both', () => sink.events.length === 1 && sink.broke.length === 1);
	assert.match(sink.broke[0]?.reason ?? '', /set json_output: true/);
});

/** The sample's first lines, and half of one. */
const begun = sample.subarray(0, sample.indexOf('\n', 20_000) - 100);
const begunLines = begun.toString().split('\n').slice(0, -1);
const backwards = sampleLines.toReversed();

test('delivered is all that was sent, through half a line', async (t) => {
	const path = join(tempFolder(t), 'events.json');
	writeFileSync(path, begun);
	const { sink, bodies } = opened(t, path);
	await sink.until('the half', () => sink.events.length === begunLines.length);
	appendFileSync(path, sample.subarray(begun.length));
	await sink.until('all', () => sink.events.length === sampleLines.length);
	assert.deepEqual(bodies(), sampleLines);
	assert.deepEqual([sink.broke, sink.gaps], [[], []]);
});

for (const [how, gaps, happens] of [
	['a rename', [], (path: string) => renameSync(path, `${path}.1`)],
	[
		'a copytruncate',
		['the file was truncated'],
		(path: string) => {
			copyFileSync(path, `${path}.1`);
			truncateSync(path);
		},
	],
] as const) {
	test(`delivered and declared lost are all that was sent, through ${how} within a line`, async (t) => {
		const path = join(tempFolder(t), 'events.json');
		writeFileSync(path, begun);
		const clock = fakeClock();
		const { sink, bodies } = opened(t, path, falcoOn(clock));
		await clock.until('at rest', () => clock.pending().length > 0);
		happens(path);
		appendFileSync(path, `${backwards.join('\n')}\n`);
		while (bodies().slice(-30).join() !== backwards.join()) {
			await clock.until('at rest', () => clock.pending().length > 0);
			clock.advance(500);
		}
		assert.deepEqual(bodies().slice(0, begunLines.length), begunLines);
		assert.equal(sink.broke.length, 1);
		assert.deepEqual(
			sink.gaps.map(({ cause }) => cause),
			gaps,
		);
	});
}

test('a command that fails is started again, and the time between is a gap', async (t) => {
	const clock = fakeClock();
	const once = join(tempFolder(t), 'once.mjs');
	writeFileSync(once, `process.stdout.write('{}\\n{"ha'); process.exitCode = 3;`);
	const { sink } = opened(t, `!${process.execPath} ${once}`, falcoOn(clock));
	await sink.until('waiting', () => sink.lastLink() === 'waiting');
	assert.equal(sink.broke[0]?.bytes.toString(), '{"ha');
	clock.advance(1000);
	await sink.until('twice', () => sink.events.length === 2);
	assert.match(sink.gaps[0]?.cause ?? '', /ended with status 3/);
});

test('a command that ends well has ended', async (t) => {
	const { sink, ended } = opened(t, '!printf {}\\n');
	await ended;
	assert.equal(sink.events.length, 1);
	assert.equal(sink.lastLink(), 'down');
});
