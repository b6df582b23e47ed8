import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeCell, safeText } from '../../src/core/safe-text.ts';
import { ofText } from '../../src/present/cell.ts';
import { partsOf } from '../../src/present/marks.ts';
import { hostileStrings } from '../support/hostile.ts';

function cellOf(raw: string, notation: 'screen' | 'ascii') {
	return { ...ofText(safeCell(raw, 40, notation)), raw };
}

for (const [raw, screen, ascii] of [
	['a\x1b[2J', 'a|␛|[2J', 'a|\\e|[2J'],
	['a\u202eb', 'a|⟨U+202E⟩|b', 'a|\\u{202e}|b'],
	[`a${' '.repeat(9)}b`, 'a|␣×9|b', 'a|\\s{9}|b'],
	['x'.repeat(50), `${'x'.repeat(36)}|…+14|`, `${'x'.repeat(34)}|...+16|`],
	['␛ \\e …+5', '|⟨U+241B⟩| \\e |⟨U+2026⟩|+5', '|\\u{241b}| |\\\\|e |\\u{2026}|+5'],
] as const) {
	test(`the marks in ${JSON.stringify(raw.slice(0, 20))} are told from its words`, () => {
		assert.equal(partsOf(cellOf(raw, 'screen'), false).join('|'), screen);
		assert.equal(partsOf(cellOf(raw, 'ascii'), true).join('|'), ascii);
	});
}

test('our own words have no marks', () => {
	assert.deepEqual(partsOf(ofText(safeText('⏎ …+5')), false), ['⏎ …+5']);
});

test('a text is the sum of its parts', () => {
	for (const { name, text } of hostileStrings()) {
		const cell = cellOf(text, 'screen');
		assert.equal(partsOf(cell, false).join(''), cell.text, name);
	}
});
