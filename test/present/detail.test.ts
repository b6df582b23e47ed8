import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLine, headingLine, moreLine } from '../../src/present/detail/block-lines.ts';
import { hexLine } from '../../src/present/detail/hex.ts';
import { keyWidths } from '../../src/present/detail/key-widths.ts';
import {
	closeLine,
	jsonLine,
	prettyLine,
	type ValueFacts,
	yamlLine,
} from '../../src/present/detail/value-line.ts';
import { windowOf } from '../../src/present/detail/window.ts';
import { widthOf } from '../../src/present/line.ts';
import { drawn, picture } from '../support/drawing.ts';

const look = { columns: 40, isWrapped: false, keyWidth: 8 };

function aValue(of: Partial<ValueFacts>): ValueFacts {
	return { depth: 0, isItem: false, isLast: false, value: 'x', ...of };
}

test('every number is printed as it came', () => {
	const total = aValue({ key: 'total', value: 9_007_199_254_740_993n });
	assert.equal(picture(prettyLine(total, look)), '   total     9007199254740993');
	assert.equal(picture(yamlLine(total, look)), '   total: 9007199254740993');
	assert.equal(picture(jsonLine(total, look)), '   "total": 9007199254740993,');
	assert.equal(
		picture(yamlLine(aValue({ key: 'load', value: Number.NaN }), look)),
		'   load: .nan',
	);
	assert.equal(picture(jsonLine(aValue({ key: 'zero', value: -0 }), look)), '   "zero": -0,');
});

test('a key that is no text is not taken for one', () => {
	assert.equal(picture(yamlLine(aValue({ key: 1, value: 'a' }), look)), '   1: a');
	assert.equal(picture(yamlLine(aValue({ key: '1', value: 'a' }), look)), '   "1": a');
	assert.equal(picture(prettyLine(aValue({ key: 1, value: 'a' }), look)), '   1         a');
});

test('a container says what it holds while it is folded', () => {
	const folded = aValue({ key: 'return', value: { a: 1, b: 2 }, fold: 'f', isFolded: true });
	assert.equal(picture(prettyLine(folded, look)), ' ▸ return    {2 keys}');
	assert.equal(picture(jsonLine(folded, look)), ' ▸ "return": {2 keys},');
	const open = { ...folded, isFolded: false };
	assert.equal(picture(prettyLine(open, look)), ' ▾ return');
	assert.equal(picture(yamlLine(open, look)), ' ▾ return:');
	assert.equal(picture(jsonLine(open, look)), ' ▾ "return": {');
	assert.equal(drawn(closeLine({ depth: 0, bracket: '}', isLast: false })), '   },');
});

test('a long value is cut with a count, or wrapped under where it began', () => {
	const long = aValue({ key: 'out', value: 'abcdefghij'.repeat(6) });
	assert.equal(picture(prettyLine(long, look)), '   out       abcdefghijabcdefghijabc…+37');
	assert.equal(
		picture(prettyLine(long, { ...look, isWrapped: true })),
		`   out       abcdefghijabcdefghijabcdefg
             hijabcdefghijabcdefghijabcd
             efghij`,
	);
});

test('text of several lines stays one line of YAML', () => {
	assert.equal(picture(yamlLine(aValue({ key: 'out', value: 'a\nb' }), look)), '   out: "a\\nb"');
});

test('keys and values cannot leave their line', () => {
	const hostile = aValue({ key: 'a\x1b[2J', value: 'b\u202ec\n\x07' });
	assert.equal(picture(prettyLine(hostile, look)), '   a␛[2J     b⟨U+202E⟩c␊␇');
	for (const draw of [yamlLine, jsonLine]) {
		assert.match(picture(draw(hostile, look)), /^[ -~]+$/);
	}
});

test('keys stand in a column as wide as their neighbours need', () => {
	const lines = [
		{ kind: 'value', depth: 0, key: 'fun' },
		{ kind: 'value', depth: 0, key: 'opened', isFolded: false },
		{ kind: 'value', depth: 1, key: 'changes' },
		{ kind: 'value', depth: 1, key: 'id' },
		{ kind: 'value', depth: 0, key: 'user' },
		{ kind: 'blank' },
		{ kind: 'pair', key: 'rule' },
	];
	assert.deepEqual(keyWidths(lines), [4, 0, 7, 7, 4, 0, 4]);
});

test('the reason of what failed stands whole, beside it or below', () => {
	const check = {
		mark: 'failed',
		fun: 'cmd.run',
		name: 'reload',
		comment: 'rc 127',
		durationMs: 20,
	} as const;
	assert.equal(
		picture(checkLine({ check }, { columns: 60, isWrapped: false })),
		'   ✗ cmd.run          reload             rc 127       20 ms',
	);
	const long = { ...check, comment: 'Source file salt://nginx.conf not found in saltenv base' };
	assert.equal(
		picture(checkLine({ check: long }, { columns: 60, isWrapped: false })),
		`   ✗ cmd.run          reload                          20 ms
     Source file salt://nginx.conf not found in saltenv
     base`,
	);
	assert.equal(
		drawn(moreLine({ mark: 'ok', count: 41, fold: 'f', isFolded: true })),
		' ▸ ✓ 41 more',
	);
});

test('a heading keeps its figures at the right edge', () => {
	const line = headingLine({ text: 'state.apply FAILED', right: '3 failed', tone: 'bad' }, look);
	assert.equal(drawn(line), ' state.apply FAILED            3 failed ');
});

test('bytes are shown with what they spell as far as there is room', () => {
	const bytes = Buffer.from('{"a": 1}\x1b\xff', 'latin1');
	assert.equal(
		drawn(hexLine({ offset: 16, bytes }, 80)).trimEnd(),
		' 000010  7b 22 61 22 3a 20 31 7d  1b ff                     {"a": 1}··',
	);
	assert.equal(
		drawn(hexLine({ offset: 16, bytes }, 66)).trimEnd(),
		' 000010  7b22 6122 3a20 317d 1bff                 {"a": 1}··',
	);
	assert.ok(widthOf(hexLine({ offset: 16, bytes: Buffer.alloc(16) }, 52)) <= 52);
});

test('a wrapped line under the hand is shown to its end', () => {
	const line = (name: string) => [{ text: name, tone: 'plain', width: 1 }] as never;
	const drawnLines = [[line('a')], [line('b'), line('c')], [line('d'), line('e')]];
	assert.equal(picture(windowOf(drawnLines, 0, 3)), 'a\nb\nc');
	assert.equal(picture(windowOf(drawnLines, 2, 3)), 'c\nd\ne');
});
