import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from '../../src/filter/compile.ts';
import { narrows } from '../../src/filter/narrows.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { notValue, onlyValue, partsOf, withoutPart, withPart } from '../../src/filter/parts.ts';
import { aRow } from '../support/events.ts';
import { shows } from '../support/oracle.ts';

test('a filter is shown part by part, with how each pattern was read', () => {
	const text = ' src:salt,falco  not host:web99 tag:salt/* subject:ops.> (a or b)';
	assert.deepEqual(
		partsOf(text).map(({ text, isNegated, reads }) => [text, isNegated, reads]),
		[
			['src:salt,falco', false, undefined],
			['-host:web99', true, undefined],
			['tag:salt/*', false, 'Salt glob'],
			['subject:ops.>', false, 'NATS subject'],
			['a or b', false, undefined],
		],
	);
	const second = partsOf(text)[1];
	assert.equal(text.slice(second?.start, second?.end), 'not host:web99');
	assert.deepEqual(partsOf(''), []);
	assert.equal(partsOf('= rc != 0')[0]?.reads, 'CEL');
});

const additions: readonly (readonly [filter: string, part: string, result: string])[] = [
	['', 'host:a', 'host:a'],
	['sev>=err', 'host:a', 'sev>=err host:a'],
	['sev>=err host:a', 'host:a', 'sev>=err host:a'],
	['-host:a sev>=err', 'host:a', 'sev>=err host:a'],
	['host:a sev>=err', '-host:a', 'sev>=err -host:a'],
	['a or b', 'host:a', '(a or b) host:a'],
	['a', 'b or c', 'a (b or c)'],
	['= rc == 0', 'host:a', '= (rc == 0) && (has(facts.host) && host == "a")'],
	['a', '= rc == 0', '= (text("a")) && (rc == 0)'],
	['', '= rc == 0', '= rc == 0'],
];

for (const [filter, part, result] of additions) {
	test(`${filter || 'nothing'} with ${part} is ${result}`, () => {
		assert.equal(withPart(filter, part, 0), result);
	});
}

test('a part taken out leaves the others as they were', () => {
	const filter = 'sev>=err (a or b) -host:web99';
	assert.equal(withoutPart(filter, 0), '(a or b) -host:web99');
	assert.equal(withoutPart(filter, 1), 'sev>=err -host:web99');
	assert.equal(withoutPart(filter, 2), 'sev>=err (a or b)');
	assert.equal(withoutPart(filter, 3), filter);
	assert.equal(withoutPart('(a or b) c', 1), 'a or b');
	assert.equal(withoutPart('a', 0), '');
});

test('only one value of a key is exactly that value, whatever it holds', () => {
	for (const value of [
		'web12',
		'Terminal shell in container',
		'a*[b]',
		'"',
		'=x',
		'//x',
		'a,b',
		'(',
		'\u202e',
		'',
	]) {
		const host = { who: '', summary: '', ids: [], host: value };
		const row = aRow({ facts: host });
		const other = aRow({ facts: { ...host, host: `${value}x` } });
		const only = compileFilter(onlyValue('host', value), 0);
		assert.deepEqual([shows(only, row), shows(only, other)], [true, false], only.text);
		const not = compileFilter(notValue('host', value), 0);
		assert.deepEqual([shows(not, row), shows(not, other)], [false, true], not.text);
	}
	assert.equal(onlyValue('rule', 'Terminal shell'), 'rule:"Terminal shell"');
	assert.equal(notValue('host', 'web99'), '-host:web99');
});

const pairs: readonly (readonly [older: string, newer: string, does: boolean])[] = [
	['', 'a', true],
	['a', '', false],
	['pas', 'passwd', true],
	['passwd', 'pas', false],
	['pas', 'PASSWD', true],
	['PAS', 'PASswd', true],
	['PAS', 'passwd', false],
	['ä', 'Ä', false],
	['a b', 'b a c', true],
	['sev>=err', 'sev>=err host:a', true],
	['sev>=err', 'sev>=crit', false],
	['a or b', 'a', false],
	['a or b', '(a or b) c', true],
	['-pas', '-passwd', false],
	['= rc == 0', '= rc == 0', true],
	['since:15m a', 'since:15m a b', true],
	['until:15m', 'until:15m a', false],
	['-since:15m', '-since:15m a', false],
	['until:2026-11-21', 'until:2026-11-21 a', true],
];

for (const [older, newer, does] of pairs) {
	test(`${newer || 'nothing'} ${does ? 'narrows' : 'does not narrow'} ${older || 'nothing'}`, () => {
		assert.equal(narrows(parseFilter(older), parseFilter(newer)), does);
	});
}
