import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignLetters, lookAlikes } from '../../src/core/look-alike.ts';

test('letters of another script in a Latin word are told by their code points', () => {
	assert.deepEqual(foreignLetters('\u0430dmin'), ['U+0430']);
	assert.deepEqual(foreignLetters('payments/p\u0430y-1'), ['U+0430']);
	assert.deepEqual(foreignLetters('\u03bfps-\uff57eb'), ['U+03BF', 'U+FF57']);
});

test('a word that can be read as Latin from end to end is one in disguise', () => {
	assert.deepEqual(foreignLetters('payments/\u0440\u0430\u0443'), ['U+0440', 'U+0430', 'U+0443']);
	assert.deepEqual(foreignLetters('\u{1d5d0}\u{1d5d1}'), ['U+1D5D0', 'U+1D5D1']);
});

test('words of other languages are what they seem', () => {
	for (const name of [
		'web12',
		'm\u00fcller',
		'\u043f\u0440\u0438\u0432\u0435\u0442',
		'ops/\u6771\u4eac',
		'\u03bb\u03cc\u03b3\u03bf\u03c2',
		'',
	]) {
		assert.deepEqual(foreignLetters(name), [], name);
	}
});

test('of an event all the names it goes by are looked at', () => {
	const facts = { who: 'web12', summary: '\u0430lso free text', user: 'r\u043eot', ids: [] };
	assert.deepEqual(lookAlikes('ops/done', facts), [
		{ of: 'user', name: 'r\u043eot', letters: 'U+043E' },
	]);
});
