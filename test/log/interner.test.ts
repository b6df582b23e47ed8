import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Interner } from '../../src/log/interner.ts';
import { random } from '../support/random.ts';

function intern(strings: Interner, text: string): number {
	const bytes = Buffer.from(text);
	return strings.intern(bytes, 0, bytes.length);
}

test('equal bytes have one id, others another, and the bytes come back', () => {
	const strings = new Interner();
	const { below } = random(1);
	const ids = new Map<string, number>();
	for (let turn = 0; turn < 20_000; turn++) {
		const text = `salt/job/${below(5000)}/ret/web${below(3)}`;
		const id = intern(strings, text);
		assert.equal(id, ids.get(text) ?? id);
		ids.set(text, id);
	}
	assert.equal(new Set(ids.values()).size, ids.size);
	for (const [text, id] of ids) assert.equal(strings.bytes(id).toString(), text);
});

test('the empty string is id 0 and costs nothing', () => {
	const strings = new Interner();
	assert.equal(intern(strings, ''), 0);
	assert.equal(strings.bytes(0).length, 0);
});

test('what nothing refers to is taken back, the rest keeps its id and its bytes', () => {
	const strings = new Interner();
	const kept = intern(strings, 'kept');
	const passing = Array.from({ length: 100_000 }, (_, at) =>
		intern(strings, `tag/${at}/that/passes`),
	);
	const before = strings.byteLength;
	for (const id of passing) strings.release(id);
	strings.compact();
	assert.equal(strings.generation, 1);
	assert.ok(strings.byteLength < before);
	assert.equal(strings.bytes(kept).toString(), 'kept');
	assert.equal(intern(strings, 'kept'), kept);
	for (let at = 0; at < 100_000; at++) {
		const id = intern(strings, `another/${at}`);
		assert.equal(strings.bytes(id).toString(), `another/${at}`);
		assert.notEqual(id, kept);
	}
});

test('an id in use again before the dead are buried is not buried', () => {
	const strings = new Interner();
	const ids = Array.from({ length: 10_000 }, (_, at) => intern(strings, `${at}`));
	for (const id of ids) strings.release(id);
	const back = intern(strings, '77');
	strings.compact();
	assert.equal(strings.bytes(back).toString(), '77');
	assert.equal(intern(strings, '77'), back);
});
