import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineCutter, longestLine } from '../../../connectors/wire/ndjson.ts';
import { aSink } from '../../support/a-sink.ts';
import { testFile } from '../../support/files.ts';

/** What comes of bytes that arrive in pieces of these lengths, the last piece being the rest. */
function cutAt(bytes: Buffer, ...lengths: number[]) {
	const sink = aSink();
	const cutter = new LineCutter(sink);
	let from = 0;
	for (const length of [...lengths, bytes.length]) {
		cutter.push(bytes.subarray(from, from + length));
		from += length;
	}
	return { sink, cutter, lines: sink.events.map(({ body }) => body.toString()) };
}

const linesOf = (text: string) => cutAt(Buffer.from(text)).lines;

test('lines end at a line feed and nowhere else', () => {
	const forged = '{"file":"a\u2028{"}\n{"b":"\u0085\u2029\v\f"}\nx\ry\n';
	assert.deepEqual(linesOf(forged), ['{"file":"a\u2028{"}', '{"b":"\u0085\u2029\v\f"}', 'x\ry']);
});

test('one carriage return before the line feed is cut, a second one is the line’s own', () => {
	assert.deepEqual(linesOf('a\r\nb\r\r\n'), ['a', 'b\r']);
});

test('blank lines are skipped, a byte order mark only at the start', () => {
	assert.deepEqual(linesOf('\ufeffa\n\n \t\r\n\r\n\ufeffb\n'), ['a', '\ufeffb']);
});

test('bytes that are no UTF-8, and NUL, arrive as they came', () => {
	const { sink } = cutAt(Buffer.from([0xff, 0x00, 0xc3, 0x0a]));
	assert.deepEqual(sink.events[0]?.body, Buffer.from([0xff, 0x00, 0xc3]));
});

test('the tag is empty', () => {
	assert.equal(cutAt(Buffer.from('{}\n')).sink.events[0]?.tagBytes.length, 0);
});

test('cut at every offset, a stream holds the same lines', () => {
	const odd = Buffer.from('\ufeff{"é":"\u2028"}\r\n\n{}\n');
	const bytes = Buffer.concat([odd, testFile('recordings/falco.jsonl').subarray(0, 4000)]);
	const whole = cutAt(bytes).lines;
	assert.ok(whole.length >= 4);
	for (let at = 0; at <= bytes.length; at++) assert.deepEqual(cutAt(bytes, at).lines, whole);
});

test('byte by byte, a stream holds the same lines', () => {
	const bytes = testFile('recordings/falco.jsonl');
	const ones = Array.from({ length: bytes.length }, () => 1);
	assert.deepEqual(cutAt(bytes, ...ones).lines, bytes.toString().trimEnd().split('\n'));
});

test('an unfinished last line is held until its end comes', () => {
	const { sink, cutter } = cutAt(Buffer.from('a\n{"half":'));
	assert.equal(sink.events.length, 1);
	assert.equal(cutter.held, 8);
	cutter.push(Buffer.from(' 1}\n'));
	assert.equal(sink.events[1]?.body.toString(), '{"half": 1}');
	assert.equal(cutter.held, 0);
});

test('a stream that ends within a line leaves a broken row, and the next stream starts clean', () => {
	const { sink, cutter } = cutAt(Buffer.from('{"half":'));
	cutter.end('it ended within this line');
	cutter.push(Buffer.from('\ufeff{}\n'));
	assert.deepEqual(sink.broke, [
		{ bytes: Buffer.from('{"half":'), reason: 'it ended within this line' },
	]);
	assert.deepEqual(
		sink.events.map(({ body }) => body.toString()),
		['{}'],
	);
});

for (const [how, lengths] of [
	['in one piece', []],
	['cut below the limit', [longestLine - 1]],
	['cut above the limit', [longestLine + 1, 5]],
	['in small pieces', Array.from({ length: 30 }, () => 10_000)],
] as const) {
	test(`a line over the limit that arrives ${how} is one broken row, and the next line is whole`, () => {
		const tooLong = Buffer.concat([Buffer.alloc(longestLine + 10, 'x'), Buffer.from('\nnext\n')]);
		const { sink, lines } = cutAt(tooLong, ...lengths);
		assert.equal(sink.broke.length, 1);
		assert.equal(sink.broke[0]?.bytes.length, longestLine);
		assert.match(sink.broke[0]?.reason ?? '', /more than 262144 bytes/);
		assert.deepEqual(lines, ['next']);
	});
}

test('a line of just the limit is an event', () => {
	const longest = Buffer.concat([Buffer.alloc(longestLine, 'x'), Buffer.from('\n')]);
	for (const lengths of [[], [1], [longestLine], [longestLine - 1]]) {
		const { sink } = cutAt(longest, ...lengths);
		assert.equal(sink.events[0]?.body.length, longestLine);
		assert.equal(sink.broke.length, 0);
	}
});

test('the reader may reuse its buffer at once', () => {
	const sink = aSink();
	const cutter = new LineCutter(sink);
	const buffer = Buffer.from('{"held":');
	cutter.push(buffer);
	buffer.fill('#');
	cutter.push(Buffer.from('1}\n'));
	assert.equal(sink.events[0]?.body.toString(), '{"held":1}');
});
