import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOf } from '../../src/core/bounds.ts';
import { Failure } from '../../src/core/errors.ts';
import { type Format, newPeek, sliceIn } from '../../src/core/format.ts';
import { decodeUtf8 } from '../../src/core/utf8.ts';
import * as formats from '../../src/formats/registry.ts';
import { testFile } from '../support/files.ts';
import { hostileStrings } from '../support/hostile.ts';
import { random } from '../support/random.ts';
import { capturedEvents } from '../support/salt-captures.ts';

/** Whatever the bytes: nothing may throw but `decode`, and that only a Failure. */
function survives(format: Format, tag: Uint8Array, body: Uint8Array): void {
	const at = boundsOf(tag, body);
	const peek = newPeek();
	format.recognises(at);
	format.peek(at, peek);
	assert.ok(peek.severity >= 0 && peek.severity <= 8);
	assert.ok(peek.seconds >= -1 && peek.nanos >= 0 && peek.nanos < 1e9);
	assert.ok(peek.nameStart >= 0 && peek.nameEnd <= body.length);
	const holder = peek.hostIn === sliceIn.tag ? tag : body;
	assert.ok(peek.hostStart >= 0 && peek.hostEnd <= holder.length);
	for (const data of decoded(format, body)) tells(format, decodeUtf8(tag), data);
}

function decoded(format: Format, body: Uint8Array): unknown[] {
	try {
		return [format.decode(body)];
	} catch (thrown) {
		assert.ok(thrown instanceof Failure && thrown.code === 'undecodable', String(thrown));
		return [];
	}
}

function tells(format: Format, tag: string, data: unknown): void {
	const facts = format.facts(tag, data);
	assert.equal(typeof facts.who, 'string');
	assert.equal(typeof facts.summary, 'string');
	assert.ok(facts.summary.length <= 1000 || format.id === 'text');
	assert.ok(Array.isArray(format.pretty(tag, data)));
	format.fields?.(data);
	format.gap?.(data);
	const once = format.redact?.(tag, data) ?? data;
	assert.deepEqual(format.redact?.(tag, once) ?? once, once);
}

const samples: Record<string, readonly (readonly [tag: Uint8Array, body: Uint8Array])[]> = {
	salt: capturedEvents()
		.filter((_, index) => index % 37 === 0)
		.map(({ tag, body }) => [tag, body]),
	falco: lines('recordings/falco.jsonl').filter((_, index) => index % 7 === 0),
	json: [
		[Buffer.from('ops.disk'), Buffer.from('{"log":{"level":"warn"},"ts":1754464033.5,"host":"a"}')],
	],
	text: [[new Uint8Array(0), Buffer.from('web-01 sshd: accepted key')]],
};

function lines(path: string): (readonly [Uint8Array, Uint8Array])[] {
	const all = testFile(path).toString().trimEnd().split('\n');
	return all.map((line) => [new Uint8Array(0), Buffer.from(line)]);
}

for (const format of Object.values(formats)) {
	test(`${format.id}: reads its own samples, and writes them back`, () => {
		for (const [tag, body] of samples[format.id] ?? []) {
			assert.ok(format.recognises(boundsOf(tag, body)));
			const data = format.decode(body);
			assert.deepEqual(format.decode(format.encode?.(data) ?? body), data);
		}
	});

	test(`${format.id}: survives every truncation`, () => {
		for (const [tag, body] of samples[format.id] ?? []) {
			const step = Math.max(1, body.length >> 8);
			for (let end = 0; end < body.length; end += step)
				survives(format, tag, body.subarray(0, end));
			for (let end = 0; end < tag.length; end += 1) survives(format, tag.subarray(0, end), body);
		}
	});

	test(`${format.id}: survives mutations`, () => {
		const { below } = random(20_261_121);
		for (const [tag, body] of samples[format.id] ?? []) {
			for (let round = 0; round < 60; round += 1) {
				const [badTag, badBody] = [Uint8Array.from(tag), Uint8Array.from(body)];
				for (let hit = 0; hit < 4; hit += 1) {
					badBody[below(badBody.length)] = below(256);
					badTag[below(badTag.length)] = below(256);
				}
				survives(format, badTag, badBody);
			}
		}
	});

	test(`${format.id}: survives hostile strings as tag and as body`, () => {
		for (const { bytes } of hostileStrings()) {
			const [tag, body] = [bytes.subarray(0, 4096), bytes.subarray(0, 65_536)];
			survives(format, tag, body);
			survives(format, tag, samples[format.id]?.[0]?.[1] ?? body);
		}
	});

	test(`${format.id}: finds the same within a larger buffer`, () => {
		for (const [tag, body] of samples[format.id] ?? []) {
			const whole = Buffer.concat([Buffer.from('{"a'), tag, body, Buffer.from('"}\x81')]);
			const [tagEnd, bodyEnd] = [3 + tag.length, 3 + tag.length + body.length];
			const [alone, within] = [newPeek(), newPeek()];
			format.peek(boundsOf(tag, body), alone);
			format.peek(
				{ tag: whole, tagStart: 3, tagEnd, body: whole, bodyStart: tagEnd, bodyEnd },
				within,
			);
			const shift = alone.hostIn === sliceIn.tag ? 3 : tagEnd;
			assert.equal(within.severity, alone.severity);
			assert.equal(within.seconds, alone.seconds);
			assert.equal(within.hostIn, alone.hostIn);
			if (alone.hostIn !== sliceIn.nothing) assert.equal(within.hostStart, alone.hostStart + shift);
		}
	});

	test(`${format.id}: tells anything whatever as an event`, () => {
		const empty: unknown = Object.create(null);
		const odd: readonly unknown[] = [
			...[null, true, -0, 2n ** 64n, Number.NaN, '', 'x', [], [[]], {}, empty, [empty]],
			...[
				new Map<unknown, unknown>([[null, empty]]),
				new Uint8Array([0xff]),
				{ $ext: 78, data: 'x' },
			],
		];
		const tags = new Set(capturedEvents().map(({ tag }) => decodeUtf8(tag)));
		for (const value of odd) {
			tells(format, 'salt/job/1/ret/x', value);
			const everywhere = withKeys(keysThatTell, value);
			for (const tag of tags) tells(format, tag, everywhere);
			tells(format, '', withKeys(keysThatTell, everywhere));
		}
	});
}

const keysThatTell = [
	...[
		'fun',
		'return',
		'ret',
		'data',
		'output_fields',
		'rule',
		'tags',
		'host',
		'state',
		'id',
		'act',
	],
	...[
		'retcode',
		'success',
		'minions',
		'user',
		'jid',
		'lost',
		'load',
		'message',
		'event',
		'outputs',
	],
];

function withKeys(keys: readonly string[], value: unknown): Record<string, unknown> {
	const record: Record<string, unknown> = Object.create(null);
	for (const key of keys) record[key] = value;
	return record;
}
