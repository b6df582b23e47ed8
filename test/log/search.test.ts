import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import type { Needle } from '../../src/core/criterion.ts';
import { instantiate } from '../../src/log/find-bytes.wasm.js';
import { plainFinder } from '../../src/log/finder.ts';
import { Search, targetOf } from '../../src/log/search.ts';
import { type Random, random as seeded } from '../support/random.ts';

const searches = { fast: new Search(), plain: new Search(plainFinder) };
const { needleRoom, windowRoom } = instantiate();
const [maxNeedle, windowBytes] = [needleRoom.value, windowRoom.value];

/** A text as a needle, or, with `foldCase`, its small letters in either case. */
function aNeedle(text: string, foldCase = false): Needle {
	if (!foldCase) return { bytes: Buffer.from(text) };
	const mask = Uint8Array.from(text, (letter) => (/[a-z]/.test(letter) ? 0x20 : 0));
	return { bytes: Buffer.from(text), mask };
}

/** Every hit; both finders have the same. */
function hits(needle: Needle, haystack: string, from = 0, to = haystack.length): number[] {
	const bytes = Buffer.from(haystack);
	const fast = hitsOf(searches.fast, needle, bytes, from, to);
	assert.deepEqual(hitsOf(searches.plain, needle, bytes, from, to), fast);
	return fast;
}

function hitsOf(search: Search, needle: Needle, bytes: Buffer, from: number, to: number): number[] {
	const found: number[] = [];
	for (
		let at = search.first(targetOf(needle), bytes, from, to);
		at >= 0;
		at = search.next(at + 1)
	) {
		found.push(at);
	}
	return found;
}

function naive(text: string, haystack: string, from: number, to: number): number[] {
	const found: number[] = [];
	const seen = haystack.slice(0, to);
	for (let at = seen.indexOf(text, from); at >= 0; at = seen.indexOf(text, at + 1)) found.push(at);
	return found;
}

function aText({ below, pick }: Random, length: number): string {
	return Array.from({ length: below(length) }, () => pick([...'aAbB.x'])).join('');
}

test('a search finds what a naive one finds, and never past its bounds', () => {
	const random = seeded(7);
	for (let turn = 0; turn < 5000; turn++) {
		const haystack = aText(random, 200);
		const foldCase = random.below(2) === 1;
		const wanted = random.pick([...'aAbB.x']) + aText(random, 4);
		const needle = foldCase ? wanted.toLowerCase() : wanted;
		const from = random.below(haystack.length + 1);
		const to = from + random.below(haystack.length - from + 1);
		const folded = foldCase ? haystack.toLowerCase() : haystack;
		assert.deepEqual(
			hits(aNeedle(needle, foldCase), haystack, from, to),
			naive(needle, folded, from, to),
			`${needle} in ${haystack}`,
		);
	}
});

test('a hit is found wherever it lies, and whole, where one window ends and the next begins', () => {
	for (const text of ['n', 'needle', 'a needle '.repeat(20)]) {
		for (let at = windowBytes - text.length - 2; at < windowBytes + 2; at++) {
			const haystack = `${'n'.repeat(3)}${'.'.repeat(at - 3)}${text}${'.'.repeat(100)}`;
			assert.deepEqual(hits(aNeedle(text), haystack, 3), [at], `${text} at ${at}`);
		}
	}
});

test('the longest needle is found, and one that nearly is there is not', () => {
	const text = 'ab'.repeat(maxNeedle / 2);
	assert.deepEqual(hits(aNeedle(text), `b${text}b`), [1]);
	assert.deepEqual(hits(aNeedle(text), `b${text.slice(0, -1)}a`), []);
});

test('a search goes on from wherever it is told to', () => {
	const haystack = Buffer.alloc(3 * windowBytes, 'a');
	for (const search of Object.values(searches)) {
		assert.equal(search.first(targetOf(aNeedle('aa')), haystack, 1, haystack.length), 1);
		for (const at of [2, windowBytes - 1, windowBytes + 5, haystack.length - 2]) {
			assert.equal(search.next(at), at);
		}
		assert.equal(search.next(haystack.length - 1), -1);
	}
});

test('only the bits of the mask do not count: bytes of other letters are themselves', () => {
	const needle = aNeedle('[a', true);
	assert.deepEqual(hits(needle, '{A [A [a \x01a'), [3, 6]);
});

test('where the system gives no memory for WebAssembly, bytes are found all the same', () => {
	const program = `
		import { Search, targetOf } from './dist/src/log/search.js';
		const [needle, bytes] = [targetOf({ bytes: Buffer.from('b') }), Buffer.from('ab')];
		const all = Array.from({ length: 20 }, () => new Search());
		console.log(all.every((search) => search.first(needle, bytes, 0, 2) === 1));
	`;
	const limited = 'ulimit -v 30000000; exec "$0" --input-type=module -e "$1"';
	const told = spawnSync('sh', ['-c', limited, process.execPath, program], { encoding: 'utf8' });
	assert.equal(told.stdout, 'true\n', told.stderr);
});
