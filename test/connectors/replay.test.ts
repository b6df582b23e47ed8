import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { Recorder, startRecording } from '../../connectors/replay/recorder.ts';
import {
	headerLine,
	type Recorded,
	recordLine,
	recordOf,
} from '../../connectors/replay/recording.ts';
import { replayOn } from '../../connectors/replay.ts';
import type { Sink } from '../../src/core/connector.ts';
import { aSink, type RecordingSink } from '../support/a-sink.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testFile } from '../support/files.ts';
import { tempFolder } from '../support/temp-folder.ts';

const start = 1_795_253_162_118_000_123n;
const second = 1_000_000_000n;

function anEvent(text: string, seconds = 0): Recorded {
	const at = start + BigInt(seconds) * second;
	const [tag, body] = [Buffer.from('a/tag'), Buffer.from(text)];
	return { at, source: 'salt', format: 'salt', kind: 'event', tag, body };
}

/** Every kind of record, with bytes no text can hold. */
const everything: readonly Recorded[] = [
	anEvent('one'),
	{
		at: start + second,
		source: 'fal\u2028co',
		format: 'falco',
		kind: 'event',
		tag: Buffer.alloc(0),
		body: Buffer.from([0xff, 10, 0]),
	},
	{
		at: start,
		source: 'nats',
		format: '',
		kind: 'broken',
		body: Buffer.from([0xc3]),
		reason: 'why',
	},
	{
		at: start,
		source: 'nats',
		format: '',
		kind: 'gap',
		gap: { from: 1, to: 2.5, cause: 'gone', lost: 3 },
	},
	{ at: start, source: 'nats', format: '', kind: 'gap', gap: { from: 1, to: 2, cause: 'gone' } },
	{
		at: start,
		source: 'nats',
		format: '',
		kind: 'link',
		link: { kind: 'waiting', retryAt: 9, reason: 'no' },
	},
	{ at: start, source: 'nats', format: '', kind: 'link', link: { kind: 'live' } },
];

/** A sink that keeps what each recorded source pushes apart. */
function aStage() {
	const own = aSink();
	const others = new Map<string, RecordingSink>();
	const from = (source: string, format: string): Sink => {
		const sink = others.get(`${source} ${format}`) ?? aSink();
		others.set(`${source} ${format}`, sink);
		return sink;
	};
	return { sink: { ...own, from }, own, others };
}

function playing(t: TestContext, path: string, speed?: number | 'max') {
	const clock = fakeClock();
	const stage = aStage();
	const connector = replayOn(clock);
	const settings = connector.parse(speed === undefined ? { file: path } : { file: path, speed });
	const open = () => {
		const stop = new AbortController();
		const ended = connector.open(settings, stage.sink, stop.signal);
		t.after(() => stop.abort());
		const end = () => {
			stop.abort();
			return ended;
		};
		return { ended, end };
	};
	const bodies = (key: string) => stage.others.get(key)?.events.map(({ body }) => body.toString());
	return { ...stage, clock, open, bodies };
}

async function recorded(t: TestContext, records: readonly Recorded[]): Promise<string> {
	const path = join(tempFolder(t), 'night.evrec');
	const recorder = await startRecording(path, start);
	for (const record of records) recorder.write(record);
	await recorder.close();
	return path;
}

test('every record reads back as it was written', () => {
	for (const record of everything)
		assert.deepEqual(recordOf(Buffer.from(recordLine(record))), record);
});

test('a recording is lines with a header, for its owner only, and never overwrites', async (t) => {
	const path = await recorded(t, everything);
	const [first, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
	assert.deepEqual(JSON.parse(first ?? ''), {
		recording: 1,
		apiVersion: 'eventctl/v1',
		at: '2026-11-21T09:26:02.118000123Z',
	});
	assert.equal(lines.length, everything.length);
	assert.equal(statSync(path).mode & 0o777, 0o600);
	await assert.rejects(startRecording(path, start), /it exists: name another file/);
});

/** A recorder that was given 20 MiB, a second apart, before its disk took any. */
function aFullDisk() {
	const lines: Buffer[] = [];
	let takeMore = () => {};
	const disk = new Writable({
		write(chunk, _encoding, done) {
			lines.push(chunk);
			takeMore = done;
		},
	});
	const recorder = new Recorder(disk, 'night.ndjson');
	const megabyte = 'x'.repeat(1024 * 1024);
	for (let count = 0; count < 20; count++) recorder.write(anEvent(megabyte, count));
	const drained = () => {
		while (disk.writableLength > 0) takeMore();
	};
	return { recorder, drained, records: () => lines.map((line) => recordOf(line)) };
}

test('what a slow disk cannot take is a gap in the recording', () => {
	const { recorder, drained, records: written } = aFullDisk();
	drained();
	recorder.write(anEvent('after', 60));
	drained();
	const records = written();
	const events = records.filter(({ kind }) => kind === 'event').length;
	const [gap] = records.filter((record) => record.kind === 'gap').map((record) => record.gap);
	assert.ok(events < 20);
	assert.equal(gap?.lost, 21 - events);
	assert.equal(gap.to - gap.from, (60 - (events - 1)) * 1000);
});

test('a disk that is full is told with the file and what is left of it', async () => {
	const full = new Writable({
		write: (_chunk, _encoding, done) => done(new Error('ENOSPC: no space left on device, write')),
	});
	const recorder = new Recorder(full, 'night.ndjson');
	recorder.write(anEvent('one', 1));
	await assert.rejects(recorder.done, {
		code: 'failed',
		message:
			'cannot go on recording into night.ndjson: ENOSPC: no space left on device, write: what came before is kept',
	});
});

test('what was lost last is said when the recording ends', async () => {
	const { recorder, drained, records } = aFullDisk();
	const closed = recorder.close();
	drained();
	await closed;
	const last = records().at(-1);
	const events = records().length - 1;
	assert.equal(last?.kind === 'gap' && last.gap.lost, 20 - events);
});

test('a time may have fewer digits than nine', () => {
	const line = recordLine({
		at: start,
		source: 's',
		format: '',
		kind: 'link',
		link: { kind: 'live' },
	});
	const at = (text: string) =>
		recordOf(Buffer.from(line.replace(/"at":"[^"]*"/u, `"at":"${text}"`))).at;
	assert.equal(at('2026-11-21T09:26:02.118Z'), start - 123n);
	assert.equal(at('2026-11-21T09:26:02Z'), start - 118_000_123n);
	assert.equal(at('2026-11-21T09:26:02.118000123Z'), start);
});

test('a replay restores sources, formats, times and bytes, but no link of then', async (t) => {
	const path = await recorded(t, everything);
	const { open, others, own } = playing(t, path, 'max');
	await open().ended;
	assert.deepEqual([...others.keys()], ['salt salt', 'fal\u2028co falco', 'nats ']);
	const [event] = others.get('fal\u2028co falco')?.events ?? [];
	assert.deepEqual(event?.body, Buffer.from([0xff, 10, 0]));
	assert.equal(event?.at, start + second);
	const nats = others.get('nats ');
	assert.deepEqual(nats?.broke, [{ bytes: Buffer.from([0xc3]), reason: 'why' }]);
	assert.deepEqual(nats?.gaps.length, 2);
	assert.deepEqual(nats?.links, []);
	assert.deepEqual(own.links.at(-1), { kind: 'down', reason: 'the recording has ended' });
});

test('it pauses as it did then, or as many times shorter as asked', async (t) => {
	const path = await recorded(t, [anEvent('one'), anEvent('two', 10), anEvent('three', 40)]);
	const { open, clock, bodies } = playing(t, path, 10);
	const { ended } = open();
	await clock.until('the first pause', () => clock.pending()[0] === 1000);
	assert.deepEqual(bodies('salt salt'), ['one']);
	clock.advance(1000);
	await clock.until('the second pause', () => clock.pending()[0] === 3000);
	assert.deepEqual(bodies('salt salt'), ['one', 'two']);
	clock.advance(3000);
	await ended;
	assert.deepEqual(bodies('salt salt'), ['one', 'two', 'three']);
});

test('opened again after a pause it goes on, after its end it begins anew', async (t) => {
	const path = await recorded(t, [anEvent('one'), anEvent('two', 10)]);
	const { open, clock, bodies } = playing(t, path);
	const first = open();
	await clock.until('a pause', () => clock.pending().length > 0);
	await first.end();
	await open().ended;
	assert.deepEqual(bodies('salt salt'), ['one', 'two']);
	const again = open();
	await clock.until('a pause', () => clock.pending().length > 0);
	await again.end();
	assert.deepEqual(bodies('salt salt'), ['one', 'two', 'one']);
});

test('lines that are no records, and a last half line, are broken rows', async (t) => {
	const path = await recorded(t, [anEvent('one')]);
	appendFileSync(path, `{"kind":"event"}\nnonsense\n${recordLine(anEvent('two'))}{"at":`);
	const { open, own, bodies } = playing(t, path, 'max');
	await open().ended;
	assert.deepEqual(bodies('salt salt'), ['one', 'two']);
	assert.deepEqual(
		own.broke.map(({ bytes, reason }) => `${reason}: ${bytes}`),
		[
			'a line that is no record: {"kind":"event"}',
			'a line that is no record: nonsense',
			'the recording ends within this line: {"at":',
		],
	);
});

for (const [what, text, says] of [
	['an empty file', '', /night\.evrec is no recording/],
	['another file', '{"rule":"x"}\n', /night\.evrec is no recording/],
	['a newer one', headerLine(start).replace('1', '2'), /of version 2: a newer eventctl plays it/],
] as const) {
	test(`${what} is refused with a sentence`, async (t) => {
		const path = join(tempFolder(t), 'night.evrec');
		writeFileSync(path, text);
		await assert.rejects(playing(t, path).open().ended, says);
	});
}

test('an event as large as Salt lets through survives', async (t) => {
	const body = testFile('recordings/falco.jsonl').toString().repeat(24);
	const path = await recorded(t, [anEvent(body)]);
	const { open, bodies } = playing(t, path, 'max');
	await open().ended;
	assert.ok(body.length > 1_000_000);
	assert.deepEqual(bodies('salt salt'), [body]);
});

test('speed is a positive number or max', () => {
	const { parse, fromText } = replayOn(fakeClock());
	assert.equal(parse(fromText('a', new Map([['speed', '10']]))).speed, 10);
	for (const speed of ['0', '-1', 'fast'])
		assert.throws(() => parse({ file: 'a', speed }), /speed/);
});
