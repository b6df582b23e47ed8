import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, filterProblem } from '../../src/filter/compile.ts';
import { literalOfRegex, needleOfRegex } from '../../src/filter/literal.ts';
import { regexTest } from '../../src/filter/regex.ts';
import { aRow } from '../support/events.ts';
import { shows } from '../support/oracle.ts';
import { type Random, random as seeded } from '../support/random.ts';

const literals = [
	['order 777[0-9]+ ', 'order 777'],
	['(?:failed|invalid) password', ' password'],
	['user (root|admin)? logged', ' logged'],
	['^salt/job/\\d+/ret', 'salt/job/'],
	['web-?\\.example', '.example'],
	['(?s)a.bc', ''],
	['(a(b|c)d)ef', 'ef'],
	['failed|invalid', ''],
	['a(?i)bcd', ''],
	['\\Q(ab', ''],
] as const;

for (const [source, literal] of literals) {
	test(`what matches ${source} holds "${literal}"`, () =>
		assert.equal(literalOfRegex(source), literal));
}

test('a regular expression that ignores case is looked for in either', () => {
	const needle = needleOfRegex('(?i)error: [0-9]');
	assert.deepEqual(needle?.bytes, new Uint8Array(Buffer.from('error: ')));
	assert.deepEqual([...(needle?.mask ?? [])], [32, 32, 32, 32, 32, 0, 0]);
});

const pieces = [
	...['a', 'B', 'ab', 'é', 'ſ', 'k', '.', '\\.', '\\w', '[ab]', '[^a]', '[]a]', '^', '$', '|'],
	...['(a|b)', '(?:ab)', '(a(k|é)b)', '(?i:k)', '(?i)', '(?s)', 'a{2}', '{', '\\x61', '\\Qa|\\E'],
];

function aSource({ below, pick }: Random): string {
	const count = 1 + below(5);
	const part = () => pick(pieces) + pick(['', '', '', '?', '*', '+']);
	return pick(['', '', '(?i)']) + Array.from({ length: count }, part).join('');
}

test('no literal hides what a regular expression matches', () => {
	let matched = 0;
	for (let seed = 1; seed <= 4000; seed++) {
		const random = seeded(seed);
		const source = aSource(random);
		const filter = `/${source}/`;
		if (filterProblem(filter, 0)) continue;
		const letters = [...'aabBkK\u212aſsSéÉ.|{ '];
		const body = Array.from({ length: random.below(9) }, () => random.pick(letters)).join('');
		const row = aRow({ tag: '0', body: Buffer.from(body) });
		const isMatch = regexTest(source)('0') || regexTest(source)(body);
		assert.equal(shows(compileFilter(filter, 0), row), isMatch, `seed ${seed}: ${filter}`);
		if (isMatch) matched++;
	}
	assert.ok(matched > 800 && matched < 3500, `${matched}`);
});
