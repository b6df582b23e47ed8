import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Choice, choicesIn, withChoice, withoutKey } from '../../src/filter/choose.ts';

const web12 = { key: 'host', value: 'web12' };

for (const [before, choice, expected] of [
	['', 'only', 'host:web12'],
	['host:web99', 'only', 'host:web99,web12'],
	['-host:web12 sev>=warn', 'only', 'sev>=warn host:web12'],
	['host:web12,web99', 'not', 'host:web99 -host:web12'],
	['host:web12,web99 rc!=0', 'any', 'host:web99 rc!=0'],
	['-host:web12', 'any', ''],
	['sev>=warn or host:web12', 'not', '(sev>=warn or host:web12) -host:web12'],
	['= rc != 0', 'only', '= rc != 0'],
] as const satisfies readonly (readonly [string, Choice, string])[]) {
	test(`${choice} web12 of ${before || 'nothing'} is ${expected || 'nothing'}`, () => {
		assert.equal(withChoice(before, web12, choice), expected);
	});
}

test('a filter tells what it says of a value', () => {
	assert.equal(choicesIn('host:web99,web12')(web12), 'only');
	assert.equal(choicesIn('sev>=err -host:web12')(web12), 'not');
	assert.equal(choicesIn('web12')(web12), 'any');
	const ret = { key: 'tag', value: 'salt/job/*/ret/*' };
	assert.equal(choicesIn(withChoice('', ret, 'only'))(ret), 'only');
	assert.equal(withChoice('', ret, 'not'), '-tag:salt/job/*/ret/*');
});

test('a value that looks like a pattern is meant as it stands', () => {
	assert.equal(withChoice('', { key: 'rule', value: 'a*b' }, 'only'), 'rule=a*b');
});

test('what a filter says of a key can be left out', () => {
	assert.equal(withoutKey('host:web12 -host:web99 sev>=warn', 'host'), 'sev>=warn');
	assert.equal(withoutKey('sev>=warn', 'sev'), '');
});
