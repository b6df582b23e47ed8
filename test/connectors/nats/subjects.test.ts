import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPattern, checkSubject, withoutOverlap } from '../../../connectors/nats/subjects.ts';

test('an event is fired to one subject of whole tokens', () => {
	for (const subject of ['a', 'falco.notice.shell', 'a.b-c_d.ü', '$JS.x']) checkSubject(subject);
	for (const subject of [
		'',
		'.',
		'a.',
		'.a',
		'a..b',
		'a b',
		'a\tb',
		'a\r\nPUB x 0',
		'*',
		'a.>',
		'a.*.b',
	]) {
		assert.throws(() => checkSubject(subject), { code: 'usage' }, JSON.stringify(subject));
	}
	assert.throws(() => checkSubject('x'.repeat(2000)), /over 1024 bytes/);
});

test('a pattern may have wildcards, > only at its end', () => {
	for (const pattern of ['>', 'a.*', '*.b.>', 'a.b*']) checkPattern(pattern);
	for (const pattern of ['>.a', 'a.>.b', 'a.', 'a b']) {
		assert.throws(() => checkPattern(pattern), { code: 'usage' }, pattern);
	}
});

for (const [subjects, kept] of [
	[['a.>', 'a.b'], ['a.>']],
	[
		['a.b', 'a.*', 'a.b.c'],
		['a.*', 'a.b.c'],
	],
	[['a', 'a'], ['a']],
	[['>', 'x.y', '*'], ['>']],
	[
		['a.>', 'a'],
		['a.>', 'a'],
	],
	[['a.*', 'a.>'], ['a.>']],
	[
		['falco.>', 'ops.>'],
		['falco.>', 'ops.>'],
	],
] as const) {
	test(`${subjects.join(' ')} is ${kept.join(' ')}`, () => {
		assert.deepEqual(withoutOverlap(subjects), kept);
	});
}

test('subjects that meet halfway would bring an event twice', () => {
	for (const subjects of [
		['a.*', '*.b'],
		['a.>', '*.b.c'],
		['*.b', 'a.>'],
	]) {
		assert.throws(() => withoutOverlap(subjects), { code: 'config' }, subjects.join(' '));
	}
});
