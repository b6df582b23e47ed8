import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as registry from '../../src/actions/registry.ts';
import { parseYaml } from '../../src/codec/yaml.ts';
import type { Action } from '../../src/core/action.ts';

const all: readonly Action[] = Object.values(registry);
const byKind = new Map(all.map((action) => [action.kind, action]));

test('no two actions share a kind or a letter', () => {
	assert.equal(byKind.size, all.length);
	const letters = all.flatMap(({ letter }) => letter ?? []);
	assert.deepEqual(letters, [...new Set(letters)]);
	for (const letter of letters) assert.match(letter, /^[a-z]$/u);
});

for (const { kind, tier, inverse, version, title, example, parse } of all) {
	test(`${kind} says what it is`, () => {
		assert.match(kind, /^[a-z0-9]+\.[a-z0-9-]+$/u);
		assert.ok(Number.isInteger(version) && version >= 1);
		assert.notEqual(title, '');
		assert.doesNotThrow(() => parse(parseYaml(example)));
	});

	test(`${kind} is undone by an action that is there and says so too`, () => {
		if (tier === 2) assert.ok(inverse, 'every T2 names its inverse');
		if (inverse !== undefined) assert.equal(byKind.get(inverse)?.inverse, kind);
	});
}
