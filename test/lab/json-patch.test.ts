import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patched } from '../../src/lab/json-patch.ts';

const object = { a: { 'b/c': 1, '~': [1, 2] }, n: null };

for (const [name, patch, expected] of [
	[
		'adds and replaces members',
		[
			{ op: 'add', path: '/a/x', value: 1 },
			{ op: 'replace', path: '/n', value: 2 },
		],
		{ a: { 'b/c': 1, '~': [1, 2], x: 1 }, n: 2 },
	],
	[
		'reads escaped keys',
		[
			{ op: 'test', path: '/a/b~1c', value: 1 },
			{ op: 'remove', path: '/a/b~1c' },
		],
		{ a: { '~': [1, 2] }, n: null },
	],
	[
		'inserts into lists, at a place and at the end',
		[
			{ op: 'add', path: '/a/~0/0', value: 0 },
			{ op: 'add', path: '/a/~0/-', value: 3 },
		],
		{ a: { 'b/c': 1, '~': [0, 1, 2, 3] }, n: null },
	],
	[
		'takes an item out of a list',
		[{ op: 'remove', path: '/a/~0/0' }],
		{ a: { 'b/c': 1, '~': [2] }, n: null },
	],
	[
		'does nothing at all where a test fails',
		[
			{ op: 'add', path: '/x', value: 1 },
			{ op: 'test', path: '/n', value: 1 },
		],
		undefined,
	],
	['refuses to remove what is not there', [{ op: 'remove', path: '/x' }], undefined],
	['refuses a path that leads nowhere', [{ op: 'add', path: '/x/y', value: 1 }], undefined],
	[
		'finds nothing in prototypes',
		[{ op: 'test', path: '/toString/name', value: 'toString' }],
		undefined,
	],
] as const) {
	test(`a patch ${name}`, () => {
		const before = structuredClone(object);
		assert.deepEqual(patched(object, patch), expected);
		assert.deepEqual(object, before);
	});
}
