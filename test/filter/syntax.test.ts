import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter, filterProblem } from '../../src/filter/compile.ts';
import { FilterError } from '../../src/filter/filter-error.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import { printFilter } from '../../src/filter/print.ts';

const prints: readonly (readonly [text: string, canonical: string])[] = [
	['', ''],
	['  ', ''],
	['passwd', 'passwd'],
	['  web12   passwd ', 'web12 passwd'],
	['web12 and passwd', 'web12 passwd'],
	['a or b c', 'a or b c'],
	['(a or b) c', '(a or b) c'],
	['(a b) c', 'a b c'],
	['((a))', 'a'],
	['not a', '-a'],
	['!a', '-a'],
	['-(a or b)', '-(a or b)'],
	['not (a b)', '-(a b)'],
	['not not a', '--a'],
	['"or"', '"or"'],
	['android', 'android'],
	['"-a"', '"-a"'],
	['"rc:0"', '"rc:0"'],
	['"a b"', '"a b"'],
	['"say \\"hi\\""', '"say \\"hi\\""'],
	['"a\\u{202e}b"', '"a\\u{202e}b"'],
	['/fo+ bar/', '/fo+ bar/'],
	['/var/log/', '/var\\/log/'],
	['/a\\/ b/', '/a\\/ b/'],
	['rc!=0', 'rc!=0'],
	['rc != 0'.replaceAll(' ', ''), 'rc!=0'],
	['sev>=err', 'sev>=err'],
	['host:web1,"web 2"', 'host:web1,"web 2"'],
	['rule:"shell"', 'rule:shell'],
	['rule~/a|b/', 'rule~/a|b/'],
	['rule~a|b', 'rule~/a|b/'],
	['path:/etc/*', 'path:/etc/*'],
	['data.return.*.result:false', 'data.return.*.result:false'],
	['["a.b"].c:1', '["a.b"].c:1'],
	['proc.aname[2]:sh', 'proc.aname[2]:sh'],
	['http://host/x', 'http://host/x'],
	['10.0.0.1:4222', '10.0.0.1:4222'],
	['03:10', '03:10'],
	['salt/auth', 'salt/auth'],
	['[error]', '[error]'],
	['a,b', 'a,b'],
	['= rc != 0 ', '= rc != 0'],
];

for (const [text, canonical] of prints) {
	test(`${JSON.stringify(text)} prints as ${JSON.stringify(canonical)}`, () => {
		assert.equal(printFilter(parseFilter(text)), canonical);
		assert.equal(printFilter(parseFilter(canonical)), canonical);
	});
}

const errors: readonly (readonly [text: string, column: number, says: RegExp])[] = [
	['a or', 5, /missing before the end/],
	['or a', 1, /missing before or/],
	['a and and b', 7, /missing before and/],
	['( a', 1, /not closed/],
	['a )', 3, /closes nothing/],
	['()', 2, /missing before \)/],
	['"abc', 1, /not closed/],
	['a ""', 3, /nothing to look for/],
	['/etc/passwd', 1, /quote a path/],
	['host:', 6, /needs a value/],
	['host:a,', 8, /comma needs a value/],
	['- a', 1, /right before what it excludes/],
	['sev>=eror', 6, /this is no severity: did you mean err\? There are emerg, /],
	['sev~err', 4, /sev takes/],
	['kind:gpa', 6, /did you mean gap\?/],
	['since:noon', 7, /a time is/],
	['since>15m', 6, /since takes :/],
	['until:25:10', 7, /a time is/],
	['time>=2026-02-31', 7, /a time is/],
	['subject~x', 8, /subject takes/],
	['has>x', 4, /has takes :/],
	['x /(a)\\1/', 7, /back-references/],
	['x /a(?=b)/', 5, /look-around/],
	['rule~/a{1001}/', 8, /repeat count/],
	['rule~/a(/', 7, /missing closing \)/],
	['=', 2, /CEL expression is missing/],
	['= rc = 0', 6, /./],
	['= foo != 0', 3, /knows no foo/],
	['= facst.rc != 0', 3, /did you mean facts\?/],
	['= severity', 3, /not true or false/],
	['= tag.matches("(a+)+$")', 7, /write re\(text, "pattern"\)/],
	['= re(tag, "(")', 11, /missing closing/],
	['= re(tag, data.x)', 11, /pattern in quotes/],
	['= data.a.map(x, x) == []', 10, /no map/],
	[`${'('.repeat(65)}a`, 65, /levels/],
	['a'.repeat(4097), 4097, /at most 4096/],
];

for (const [text, column, says] of errors) {
	test(`${text.slice(0, 40)} is refused at column ${column}`, () => {
		const problem = filterProblem(text, 0);
		assert.ok(problem instanceof FilterError);
		assert.equal(problem.column, column, problem.message);
		assert.match(problem.message, says);
		assert.equal(problem.code, 'filter');
		assert.equal(problem.caret, `${text}\n${' '.repeat(column - 1)}^`);
	});
}

test('a filter in order has no problem', () => {
	assert.equal(filterProblem('sev>=err -host:web99', 0), undefined);
});

test('filters that mean the same have one text', () => {
	const texts = ['a and not (b)', 'a !b', '"a" -"b"'].map((text) => compileFilter(text, 0).text);
	assert.deepEqual(new Set(texts), new Set(['a -b']));
});
