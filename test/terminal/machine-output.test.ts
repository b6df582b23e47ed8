import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printJson } from '../../src/codec/json.ts';
import { safeText } from '../../src/core/safe-text.ts';
import { hostileStrings } from '../support/hostile.ts';

const unprintable = /(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

test('every hostile string, as a key and as a value, is printable JSON and parses to itself', () => {
	for (const { name, text } of hostileStrings()) {
		const json = printJson(Object.fromEntries([[text, text]]));
		assert.doesNotMatch(json, unprintable, name);
		assert.deepEqual(Object.entries(JSON.parse(json)), [[text, text]], name);
	}
});

test('every hostile string is printable as a line of a file', () => {
	for (const { name, text, bytes } of hostileStrings()) {
		for (const value of [text, bytes]) {
			assert.doesNotMatch(safeText(value, 'file'), unprintable, name);
			assert.match(safeText(value, 'ascii'), /^[ -~]*$/, name);
		}
	}
});
