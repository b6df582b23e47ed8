import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilling, FillingError } from '../../src/template/filling.ts';
import { valueAt } from '../../src/template/path.ts';

test('every text of a value is filled, in its own type; keys and other values stay', () => {
	const filling = compileFilling({
		'{{ key }}': ['{{ count }}', 'n {{ count }}', 7],
		deep: { yes: true },
	});
	const filled = filling.fill((path) => valueAt({ count: 2 }, path));
	assert.equal(JSON.stringify(filled), '{"{{ key }}":[2,"n 2",7],"deep":{"yes":true}}');
	assert.deepEqual(filling.reads, [['count'], ['count']]);
});

test('a text that is no template is found by its path', () => {
	assert.throws(
		() => compileFilling({ args: ['ok', '{{ x | nope }}'] }),
		(thrown) => thrown instanceof FillingError && thrown.path.join('.') === 'args.1',
	);
});

test('a filled map has no prototype to be changed', () => {
	const raw: unknown = JSON.parse('{"__proto__": "{{ x }}"}');
	const filled = compileFilling(raw).fill(() => 'y');
	assert.equal(Object.getPrototypeOf(filled), null);
	assert.equal(JSON.stringify(filled), '{"__proto__":"y"}');
});
