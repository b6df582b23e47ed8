import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Strings } from '../../src/log/strings.ts';
import { random } from '../support/random.ts';

function intern(strings: Strings, text: string): number {
	const bytes = Buffer.from(`<${text}>`);
	return strings.intern(bytes, 1, bytes.length - 1);
}

test('equal bytes have one id, others another, and the bytes come back', () => {
	const strings = new Strings();
	const { below } = random(1);
	const ids = new Map<string, number>();
	for (let turn = 0; turn < 60_000; turn++) {
		const text = `salt/job/${below(20_000)}/ret/web${below(2)}`;
		const id = intern(strings, text);
		assert.equal(id, ids.get(text) ?? id);
		ids.set(text, id);
	}
	assert.equal(new Set(ids.values()).size, ids.size);
	for (const [text, id] of ids) assert.equal(strings.get(id).toString(), text);
});

test('the empty string is id 0 and costs nothing', () => {
	const strings = new Strings();
	assert.equal(intern(strings, ''), 0);
	assert.equal(strings.get(0).length, 0);
	assert.equal(strings.count, 1);
});

test('as many as a slab has rows can be told apart, and sealed they need less room', () => {
	const strings = new Strings();
	for (let at = 0; at < 65_534; at++) assert.equal(intern(strings, `${at}`), at + 1);
	const before = strings.byteLength;
	strings.seal();
	assert.ok(strings.byteLength < before / 2);
	assert.equal(strings.get(65_534).toString(), '65533');
});
