import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	encodeFrame,
	type Frame,
	FrameCutter,
	frameKind,
	partOf,
} from '../../../connectors/wire/pipe-frames.ts';

const sent = [
	encodeFrame(frameKind.order, ['{"endpoint":"tcp://127.0.0.1:1"}']),
	encodeFrame(frameKind.joined),
	encodeFrame(frameKind.message, [Buffer.from('topic'), Buffer.alloc(0), Buffer.from([0, 255])]),
	encodeFrame(frameKind.message, [Buffer.alloc(300, 'x')]),
	encodeFrame(frameKind.dropped, ['12']),
];

function read(frame: Frame): string {
	const parts = Array.from({ length: frame.count }, (_, index) => partOf(frame, index));
	return `${frame.kind}:${parts.map((part) => part.toString('hex')).join(',')}`;
}

function cut(chunks: readonly Buffer[]): string[] {
	const cutter = new FrameCutter();
	const frames: string[] = [];
	for (const chunk of chunks) cutter.push(chunk, (frame) => frames.push(read(frame)));
	return frames;
}

test('frames come out the same wherever the pipe cuts them', () => {
	const stream = Buffer.concat(sent);
	const whole = cut(sent);
	assert.equal(whole.length, sent.length);
	assert.equal(whole[2], '1:746f706963,,00ff');
	for (let at = 0; at <= stream.length; at++) {
		assert.deepEqual(cut([stream.subarray(0, at), stream.subarray(at)]), whole, `cut at ${at}`);
	}
});

test('frames that come byte by byte come out whole', () => {
	const stream = Buffer.concat(sent);
	const bytes = Array.from({ length: stream.length }, (_, at) => stream.subarray(at, at + 1));
	assert.deepEqual(cut(bytes), cut(sent));
});

test('a length that cannot be is a failure, not a wait for gigabytes', () => {
	for (const length of [0, 2, 0xffffffff]) {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(length);
		assert.throws(() => cut([head]), /the pipe to the ZeroMQ process broke/);
	}
});

test('parts that reach beyond their frame are a failure', () => {
	const frame = encodeFrame(frameKind.message, ['four']);
	frame.writeUInt32BE(400, 7);
	assert.throws(() => cut([frame]), /broke: its parts end at/);
});
