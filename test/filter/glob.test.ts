import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globTest, hasGlob, subjectTest } from '../../src/filter/glob.ts';

/** What Python 3.12's fnmatch.fnmatchcase says. */
const globs: readonly (readonly [pattern: string, matches: string[], misses: string[]])[] = [
	[
		'salt/job/*/ret/*',
		['salt/job/1/ret/web12', 'salt/job//ret/', 'salt/job/a/b/ret/c/d'],
		['salt/job/1/new', 'Salt/job/1/ret/x'],
	],
	['*', ['', 'a', 'a/b\nc'], []],
	['', [''], ['a']],
	['a*a', ['aa', 'aba', 'aaa'], ['a']],
	['*ab*ab', ['abab', 'xabyab', 'ababab'], ['ab', 'abba']],
	['a**b', ['ab', 'axb'], ['a']],
	['?', ['a', '😀', '\n'], ['', 'ab']],
	['web?', ['web1', 'web/'], ['web', 'web12']],
	['[a-c]', ['a', 'b', 'c'], ['d', 'A', '']],
	['[!a-c]', ['d', 'A'], ['a']],
	['[a-c]*[0-9]', ['a1', 'bx/9'], ['a', 'd1']],
	['[]]', [']'], ['[]]']],
	['[!]]', ['a'], [']']],
	['[]a]', [']', 'a'], ['b']],
	['[a-]', ['a', '-'], ['b']],
	['[z-a]', [], ['a', 'z', 'm']],
	['[^a]', ['^', 'a'], ['b']],
	['[', ['['], ['']],
	['[ab', ['[ab'], ['a']],
	['[!', ['[!'], ['a']],
	['a[?]', ['a?'], ['ab']],
	['*.[ch]', ['x.c', '.h'], ['x.cc']],
];

for (const [pattern, matches, misses] of globs) {
	test(`the glob ${pattern} matches as Salt's does`, () => {
		const glob = globTest(pattern);
		for (const text of matches) assert.ok(glob(text), `should match ${text}`);
		for (const text of misses) assert.ok(!glob(text), `should miss ${text}`);
	});
}

test('only a pattern with a wildcard has one', () => {
	const texts = ['a', 'a*', '?', '[ab]', '[ab', 'a]'];
	assert.deepEqual(texts.filter(hasGlob), ['a*', '?', '[ab]']);
});

test('many stars do not make a glob slow', () => {
	assert.ok(!globTest(`${'*a'.repeat(50)}?[b]`)('a'.repeat(20_000)));
});

const subjects: readonly (readonly [pattern: string, matches: string[], misses: string[]])[] = [
	['ops.deploy', ['ops.deploy'], ['ops', 'ops.deploy.x', 'OPS.deploy']],
	['ops.*', ['ops.a'], ['ops', 'ops.a.b']],
	['*.*', ['a.b'], ['a', 'a.b.c']],
	['ops.>', ['ops.a', 'ops.a.b'], ['ops', 'opsa.b']],
	['>', ['a', 'a.b'], []],
	['a.*.c.>', ['a.b.c.d'], ['a.b.c', 'a.c.d']],
	['a*', ['a*'], ['ab']],
];

for (const [pattern, matches, misses] of subjects) {
	test(`the subject ${pattern} matches as in NATS`, () => {
		const subject = subjectTest(pattern);
		for (const text of matches) assert.ok(subject(text), `should match ${text}`);
		for (const text of misses) assert.ok(!subject(text), `should miss ${text}`);
	});
}
