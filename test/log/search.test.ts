import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchFor } from '../../src/log/search.ts';
import { random } from '../support/random.ts';

function naive(
	haystack: string,
	needle: string,
	from: number,
	to: number,
	foldCase: boolean,
): number {
	const text = foldCase ? haystack.toLowerCase() : haystack;
	const at = text.slice(0, to).indexOf(needle, from);
	return at;
}

test('a search finds what a naive one finds, and never past its bounds', () => {
	const { below, pick } = random(7);
	const letters = [...'aAbB.x'];
	for (let turn = 0; turn < 5000; turn++) {
		const haystack = Array.from({ length: below(60) }, () => pick(letters)).join('');
		const foldCase = below(2) === 1;
		const wanted = Array.from({ length: 1 + below(4) }, () => pick(letters)).join('');
		const needle = foldCase ? wanted.toLowerCase() : wanted;
		const from = below(haystack.length + 1);
		const to = from + below(haystack.length - from + 1);
		const found = searchFor({ bytes: Buffer.from(needle), foldCase }).find(
			Buffer.from(haystack),
			from,
			to,
		);
		assert.equal(found, naive(haystack, needle, from, to, foldCase), `${needle} in ${haystack}`);
	}
});

test('case is folded for ASCII letters only: bytes of other letters are themselves', () => {
	const search = searchFor({ bytes: Buffer.from('straße'), foldCase: true });
	assert.equal(search.find(Buffer.from('x STRAßE'), 0, 9), 2);
	assert.equal(search.find(Buffer.from('x strasse'), 0, 9), -1);
});
