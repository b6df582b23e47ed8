import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asciiLine } from '../../src/present/ascii.ts';
import { eventColumns } from '../../src/present/columns.ts';
import { rowLine } from '../../src/present/event-cells.ts';
import { drawn } from '../support/drawing.ts';
import { aGap, anEvent, storyTime } from '../support/rows.ts';

const hand = {
	isSelected: true,
	isNewest: false,
	isMarked: false,
	isSuggested: false,
	touch: undefined,
};
const look = { columns: eventColumns(80), time: 'utc', now: storyTime } as const;

test('what signs take more room takes it from the blanks behind it', () => {
	const row = anEvent({ facts: { summary: 'rc=2', failed: 3 } });
	assert.equal(
		drawn(asciiLine(rowLine(row, look, hand))),
		'>err  03:06:12 salt  web12          .../job/...0602/ret/web12 - rc=2          x3',
	);
});

test('what a sender wrote is in the notation of files', () => {
	const row = anEvent({ facts: { who: 'caf\u00e9\u202e', summary: 'a\u001b[2J' } });
	assert.equal(
		drawn(asciiLine(rowLine(row, look, hand))).slice(21),
		'caf\\u{e9}\\u{202e}  .../job/...0602/ret/web12 - a\\e[2J      ',
	);
});

test('a line of ASCII is as wide as the line it stands for', () => {
	for (const row of [anEvent(), aGap(), anEvent({ facts: { summary: 'é'.repeat(200) } })]) {
		const line = drawn(asciiLine(rowLine(row, look, hand)));
		assert.equal(line.length, 80);
		assert.match(line, /^[ -~]*$/);
	}
});
