import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '@msgpack/msgpack';
import { decodeMsgpack, encodeMsgpack } from '../../src/codec/msgpack.ts';
import { skipValue } from '../../src/codec/msgpack-scan.ts';
import { Failure } from '../../src/core/errors.ts';
import { hostileStrings } from '../support/hostile.ts';
import { capturedEvents, inCaptureNotation } from '../support/salt-captures.ts';

function bytes(...hex: string[]): Uint8Array {
	return Uint8Array.from(Buffer.from(hex.join(''), 'hex'));
}

function assertUndecodable(body: Uint8Array): void {
	assert.throws(
		() => decodeMsgpack(body),
		(thrown) => thrown instanceof Failure && thrown.code === 'undecodable',
	);
}

const values: readonly (readonly [name: string, value: unknown])[] = [
	['integers of each width', [0, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296]],
	['negative integers of each width', [-1, -32, -33, -128, -129, -32768, -32769, -2147483649]],
	['integers beyond 2^53', [9007199254740993n, 18446744073709551615n, -9223372036854775808n]],
	['what is no number', [Number.NaN, Infinity, -Infinity, -0, 0.1, 1e300]],
	[
		'text of each width',
		['', 'a'.repeat(31), 'a'.repeat(32), 'é'.repeat(200), '日'.repeat(30_000)],
	],
	['bytes of each width', [new Uint8Array(0), new Uint8Array(255), new Uint8Array(70_000)]],
	['an extension', { $ext: 5, data: Uint8Array.of(1, 2, 3) }],
	['a datetime of Salt', { $ext: 78, data: '20261121T09:30:15.123456' }],
	[
		'keys that are no text',
		new Map<unknown, unknown>([
			['a', 1],
			[1, 2],
			[null, 3],
			[0.5, 4],
			[[1], 5],
		]),
	],
	['many entries', Array.from({ length: 10_000 }, (_, index) => index)],
];

for (const [name, value] of values) {
	test(`${name} come back as they went`, () => {
		const body = encodeMsgpack(value);
		assert.deepEqual(plainPrototypes(decodeMsgpack(body)), plainPrototypes(value));
		assert.equal(skipValue(body, 0, body.length), body.length);
	});
}

function plainPrototypes(value: unknown): unknown {
	return structuredClone(value);
}

test('all captured events decode to what their captures say', () => {
	for (const { where, body, expected } of capturedEvents()) {
		const said = JSON.parse(JSON.stringify(expected).replaceAll('"$str"', '"$bin"'));
		assert.deepEqual(inCaptureNotation(decodeMsgpack(body)), said, where);
	}
});

test('the library writes and reads the same bytes', () => {
	const value = { a: [1, -1, 0.5, 'é', null, true], b: { c: 300, d: new Uint8Array([1]) } };
	assert.deepEqual(decodeMsgpack(encode(value)), decodeMsgpack(encodeMsgpack(value)));
	assert.deepEqual(decode(encodeMsgpack(value)), value);
});

test('text that is no UTF-8 stays bytes', () => {
	assert.deepEqual(decodeMsgpack(bytes('a3fffe41')), Uint8Array.of(0xff, 0xfe, 0x41));
	assert.equal(decodeMsgpack(bytes('a3efbfbd')), '\ufffd');
});

test('an integer too large for MessagePack is sent as its digits, as Salt does', () => {
	assert.equal(decodeMsgpack(encodeMsgpack(2n ** 70n)), '1180591620717411303424');
});

test('objects have no prototype, and a key that would forge one is refused', () => {
	assert.equal(Object.getPrototypeOf(decodeMsgpack(bytes('80'))), null);
	assertUndecodable(encodeMsgpack(new Map([['__proto__', 1]])));
	assertUndecodable(
		encodeMsgpack(
			new Map<unknown, unknown>([
				[1, 1],
				['__proto__', 1],
			]),
		),
	);
});

test('counts and lengths beyond the bytes are refused before anything is made for them', () => {
	for (const hex of [
		'dfffffffff',
		'ddffffffff',
		'dbffffffff',
		'c6ffffffff',
		'c9ffffffff05',
		'c1',
		'',
	]) {
		assertUndecodable(bytes(hex));
		assert.equal(skipValue(bytes(hex), 0, hex.length / 2), -1, hex);
	}
});

test('nesting beyond 64 and bytes behind the value are refused', () => {
	assertUndecodable(bytes('91'.repeat(65), 'c0'));
	assert.ok(decodeMsgpack(bytes('91'.repeat(64), 'c0')));
	assertUndecodable(bytes('c0c0'));
	assert.throws(() => encodeMsgpack(JSON.parse('['.repeat(70) + ']'.repeat(70))), Failure);
});

test('every truncation of a value is refused, and found by the scan', () => {
	const body = encodeMsgpack(values.slice(0, 4).map(([, value]) => value));
	for (let end = 0; end < body.length; end += 1) {
		assertUndecodable(body.subarray(0, end));
		assert.equal(skipValue(body, 0, end), -1);
	}
});

test('no parser bomb does anything but decode or be refused', () => {
	for (const { name, bytes: body } of hostileStrings('parser-bomb', 'prototype-pollution')) {
		try {
			decodeMsgpack(body);
		} catch (thrown) {
			assert.ok(thrown instanceof Failure, name);
		}
	}
	assert.equal('polluted' in {}, false);
});
