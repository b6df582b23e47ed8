import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printableJson } from '../../src/core/printable-json.ts';
import { hostileStrings } from '../support/hostile.ts';

const unprintable = /(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

test('what a terminal would obey or hide is written as escapes, the rest as it is', () => {
	assert.equal(
		printableJson('{"é漢":"\x7f\x9b\u202e\u{e0041}\u00a0"}'),
		'{"é漢":"\\u007f\\u009b\\u202e\\udb40\\udc41\\u00a0"}',
	);
});

test('the lines and indents of a printed document stay', () => {
	const json = JSON.stringify({ a: ['b'] }, null, 2);
	assert.equal(printableJson(json), json);
});

test('every hostile string, as a key and as a value, is printable and parses to itself', () => {
	for (const { name, text } of hostileStrings()) {
		const value = { list: [[text, text]] };
		const json = printableJson(JSON.stringify(value));
		assert.doesNotMatch(json, unprintable, name);
		assert.deepEqual(JSON.parse(json), value, name);
	}
});
