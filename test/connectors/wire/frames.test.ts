import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framed } from '../../../connectors/wire/frames.ts';
import { maxFrameBytes, writeEnvelope } from '../../../connectors/wire/salt-envelope.ts';
import { aSink, type RecordingSink } from '../../support/a-sink.ts';
import { random } from '../../support/random.ts';
import { type Capture, captures, feed } from '../../support/salt-wire.ts';

const streams = captures().filter(({ framing }) => framing !== 'zmq');

/** What was cut, as text that compares quickly. */
function drawn(sink: RecordingSink): string[] {
	return sink.events.map(
		({ tagBytes, body }) => `${tagBytes.toString('hex')} ${body.toString('hex')}`,
	);
}

function expected({ events }: Capture): string[] {
	return events.map(
		({ tag, body }) => `${Buffer.from(tag).toString('hex')} ${Buffer.from(body).toString('hex')}`,
	);
}

function aFrame(tag: string, payload: Uint8Array = Buffer.of(0x80)): Uint8Array {
	return writeEnvelope(Buffer.from(tag), payload);
}

test('every recorded stream becomes its events, byte for byte', () => {
	assert.ok(streams.length > 40);
	for (const capture of streams) {
		const sink = aSink();
		assert.ok(feed(sink, capture.bytes), capture.name);
		assert.deepEqual(drawn(sink), expected(capture), capture.name);
		assert.deepEqual(sink.broke, [], capture.name);
	}
});

test('a stream cut in two at any offset becomes the same events', () => {
	for (const capture of streams.filter(({ bytes }) => bytes.length < 3000)) {
		const whole = expected(capture);
		for (let cut = 1; cut < capture.bytes.length; cut += 1) {
			const sink = aSink();
			feed(sink, capture.bytes, [cut]);
			assert.deepEqual(drawn(sink), whole, `${capture.name} cut at ${cut}`);
			assert.equal(sink.broke.length, 0);
		}
	}
});

test('a stream that comes byte by byte becomes the same events', () => {
	for (const capture of streams) {
		const sink = aSink();
		feed(
			sink,
			capture.bytes,
			Array.from(capture.bytes, (_, at) => at),
		);
		assert.deepEqual(drawn(sink), expected(capture), capture.name);
	}
});

test('a stream that ends anywhere gives the frames before its end, and the torn one as bytes', () => {
	for (const capture of streams.filter(({ bytes }) => bytes.length < 1200)) {
		for (let end = 1; end < capture.bytes.length; end += 1) {
			const sink = aSink();
			feed(sink, capture.bytes.subarray(0, end));
			const whole = capture.ends.filter((offset) => offset <= end);
			assert.deepEqual(drawn(sink), expected(capture).slice(0, whole.length));
			const torn = capture.bytes.subarray(whole.at(-1) ?? 0, end);
			assert.deepEqual(
				sink.broke.map(({ bytes }) => bytes),
				torn.length === 0 ? [] : [torn],
			);
		}
	}
});

test('a damaged stream becomes the same events however it is cut, and never nothing', () => {
	const dice = random(20_261_121);
	for (let round = 0; round < 3000; round += 1) {
		const capture = dice.pick(streams);
		const bytes = Buffer.from(capture.bytes);
		for (let change = 0; change <= dice.below(4); change += 1) {
			bytes[dice.below(bytes.length)] = dice.below(256);
		}
		const [whole, pieces] = [aSink(), aSink()];
		const isSound = feed(whole, bytes);
		const cuts = Array.from({ length: 5 }, () => dice.below(bytes.length)).sort((a, b) => a - b);
		assert.equal(feed(pieces, bytes, cuts), isSound, `round ${round}`);
		assert.deepEqual(drawn(pieces), drawn(whole), `round ${round}`);
		assert.ok(isSound || whole.broke.length > 0, `round ${round}: gave up without a row`);
		assert.ok(whole.events.length + whole.broke.length > 0, `round ${round}: nothing at all`);
	}
});

test('a length in front makes a bad frame cost one row and no more', () => {
	const bad = framed(Buffer.from('no map'), 'length');
	const bodiless = framed(Buffer.from('81a46865616480', 'hex'), 'length');
	const tagless = framed(Buffer.from('81a4626f6479a3616263', 'hex'), 'length');
	const good = framed(aFrame('after'), 'length');
	const sink = aSink();
	assert.ok(feed(sink, Buffer.concat([good, bad, bodiless, tagless, good])));
	assert.deepEqual(sink.tags(), ['after', 'after']);
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes),
		[bad, bodiless, tagless],
	);
});

test('a bare map without a body or without a blank line is skipped whole', () => {
	const bodiless = Buffer.from('81a46865616480', 'hex');
	const tagless = Buffer.from('81a4626f6479a3616263', 'hex');
	const sink = aSink();
	assert.ok(feed(sink, Buffer.concat([bodiless, tagless, aFrame('after')])));
	assert.deepEqual(sink.tags(), ['after']);
	assert.deepEqual(
		sink.broke.map(({ bytes }) => bytes),
		[bodiless, tagless],
	);
});

test('a length that cannot be, and bytes that are no map, end the connection with a row', () => {
	const good = aFrame('before');
	const tooLong = Buffer.alloc(8);
	tooLong.writeUInt32BE(maxFrameBytes + 1);
	for (const bytes of [
		Buffer.concat([framed(good, 'length'), tooLong]),
		Buffer.concat([framed(good, 'length'), Buffer.alloc(4)]),
		Buffer.concat([good, Buffer.from('plain text')]),
		Buffer.concat([good, Buffer.from('df00ffffff0101', 'hex')]),
		Buffer.concat([good, Buffer.from('81a4626f6479c6ffffffff', 'hex')]),
	]) {
		const sink = aSink();
		assert.equal(feed(sink, bytes), false);
		assert.deepEqual(sink.tags(), ['before']);
		assert.equal(sink.broke.length, 1);
	}
	assert.equal(feed(aSink(), Buffer.from('ff000000000000017f', 'hex')), false);
});

test('a head that never ends does not hold the stream for ever', () => {
	const endless = Buffer.concat([Buffer.from('82a468656164dbffffffff', 'hex'), Buffer.alloc(4096)]);
	const sink = aSink();
	assert.equal(feed(sink, endless), false);
	assert.equal(sink.broke.length, 1);
});

for (const form of ['bare', 'length'] as const) {
	test(`frames larger than the buffer, of form ${form}, come whole with small ones around`, () => {
		const sizes = [3, 300_000, 5, 1_048_576, 65_536, 9];
		const frames = sizes.map((size, index) =>
			framed(aFrame(`t/${index}`, Buffer.alloc(size, index)), form),
		);
		const sink = aSink();
		assert.ok(
			feed(sink, Buffer.concat(frames), [100, 70_000, 200_000, 400_000, 900_000, 1_300_000]),
		);
		assert.deepEqual(
			sink.events.map(({ body }) => body.length),
			sizes,
		);
		sink.events.forEach(({ body }, index) => {
			assert.ok(body.every((byte) => byte === index));
		});
	});
}

test('a tag may hold a single newline, blanks and bytes that are no UTF-8', () => {
	const tag = Buffer.from('a\nb c/\xff\xfe/\u00e9', 'latin1');
	const sink = aSink();
	feed(sink, writeEnvelope(tag, Buffer.of(0x80)));
	assert.deepEqual(sink.events[0]?.tagBytes, tag);
});

test('what lies in the buffer from earlier frames is not read as part of a later one', () => {
	const earlier = Buffer.from('\x82\xa4head\x80\xa4body\xc4\x0aearlier\n\n\x80', 'latin1');
	const later = aFrame('later', Buffer.alloc(70_000));
	for (let cut = 1; cut < 40; cut += 1) {
		const sink = aSink();
		const cuts = [earlier.length, earlier.length + cut];
		assert.ok(feed(sink, Buffer.concat([earlier, later]), cuts), `cut at ${cut}`);
		assert.deepEqual(sink.tags(), ['earlier', 'later']);
	}
});
