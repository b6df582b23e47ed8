import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, filterProblem } from '../../src/filter/compile.ts';
import { aRow } from '../support/events.ts';
import { hostileStrings } from '../support/hostile.ts';
import { shows } from '../support/oracle.ts';

const long = `${'a'.repeat(65_535)}!`;
const subject = aRow({ tag: 'a', data: { text: long } });

/** Those RE2 cannot match in linear time, it refuses. */
const refused = ['redos-lookahead', 'redos-invalid', 'redos-unicode-class-huge'];

for (const { name, text } of hostileStrings('redos')) {
	test(`${name} is refused or matched in linear time, as text, in a field and in CEL`, () => {
		const source = text.replaceAll('/', '\\/');
		for (const filter of [
			`/${source}/`,
			`data.text~/${source}/`,
			`= re(text(), ${JSON.stringify(text)})`,
		]) {
			const problem = filterProblem(filter, 0);
			assert.equal(problem !== undefined, refused.includes(name), problem?.message);
			if (problem === undefined) shows(compileFilter(filter, 0), subject);
		}
	});
}

test('every hostile string is a filter or points at a column of itself', () => {
	for (const { text } of hostileStrings()) {
		const problem = filterProblem(text, 0);
		if (problem === undefined) shows(compileFilter(text, 0), subject);
		else assert.ok(problem.column >= 1 && problem.column <= text.length + 1);
	}
});

test('a key from a prototype is absent', () => {
	const row = aRow({ data: JSON.parse('{"a":{},"__proto__":{"x":1}}') });
	for (const key of ['a.__proto__', 'a.constructor', 'a.toString', 'hasOwnProperty']) {
		assert.ok(!shows(compileFilter(`has:${key}`, 0), row), key);
	}
	assert.ok(shows(compileFilter('data.__proto__.x:1', 0), row));
	assert.ok(!shows(compileFilter('= data.a.constructor == 1', 0), row));
});
