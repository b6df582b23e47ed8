import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8 } from '../../src/core/utf8.ts';
import { hostileStrings } from '../support/hostile.ts';
import { random } from '../support/random.ts';

/** The bytes `decodeUtf8` was given. */
function encode(text: string): Buffer {
	const parts = [...text].map((character) => {
		const code = character.codePointAt(0) ?? 0;
		return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(character);
	});
	return Buffer.concat(parts);
}

test('well-formed text is decoded as it is, with its byte order mark', () => {
	assert.equal(decodeUtf8(Buffer.from('\ufeffaé漢👍')), '\ufeffaé漢👍');
});

test('overlong forms, surrogates and what lies above U+10FFFF stay single bytes', () => {
	for (const bytes of ['c080', 'e08080', 'eda080', 'f0808080', 'f4908080', 'f5', 'e282']) {
		const text = decodeUtf8(Buffer.from(bytes, 'hex'));
		assert.match(text, /^[\udc80-\udcff]+$/, bytes);
		assert.equal(text.length, bytes.length / 2, bytes);
	}
});

test('bytes around a broken one are read as if it were not there', () => {
	assert.equal(decodeUtf8(Buffer.from('c3a9ffe6bca2', 'hex')), 'é\udcff漢');
});

test('the bytes can be read back from the text, whatever they are', () => {
	const { below, bytes } = random(7);
	const inputs: Uint8Array[] = hostileStrings().map((entry) => entry.bytes.subarray(0, 4096));
	for (let round = 0; round < 5_000; round++) inputs.push(bytes(below(24)));
	for (const input of inputs) assert.ok(encode(decodeUtf8(input)).equals(input));
});
