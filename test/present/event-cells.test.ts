import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventColumns } from '../../src/present/columns.ts';
import { captionLine, rowLine } from '../../src/present/event-cells.ts';
import { widthOf } from '../../src/present/line.ts';
import { drawn, picture } from '../support/drawing.ts';
import { aBrokenRow, aGap, anEvent, storyTime } from '../support/rows.ts';

const noHand = {
	isSelected: false,
	isNewest: false,
	isMarked: false,
	isSuggested: false,
	touch: undefined,
};

function look(columns: number) {
	return { columns: eventColumns(columns), time: 'utc', now: storyTime } as const;
}

const falco = anEvent({
	source: 'falco',
	format: 'falco',
	severity: 'crit',
	tag: 'falco/Terminal shell in container',
	facts: { who: 'web12/payments', summary: 'pay-7d9f' },
});

test('rows of one list stand below their captions', () => {
	const rows = [anEvent({ facts: { failed: 3 } }), falco, aGap(), aBrokenRow()];
	assert.equal(
		picture([captionLine(look(80), 'who'), ...rows.map((row) => rowLine(row, look(80), noHand))]),
		` SEV  TIME     SRC   WHO▾           TAG · SUMMARY
 err  03:06:12 salt  web12          …/job/…0602/ret/web12 · state.apply rc=2  ✗3
 CRIT 03:06:12 falco web12/payments Terminal shell in container · pay-7d9f
 ─── gap: st2 03:05:50–03:06:08, connection reset, loss unknown ───────────────
 ?    03:06:12 falco -              unreadable, 2 108 B: no JSON · {"outp…+6`,
	);
});

test('every kind of row fills its columns exactly at every width', () => {
	for (const row of [anEvent(), falco, aGap(), aBrokenRow()]) {
		for (let columns = 40; columns <= 220; columns += 7) {
			const line = rowLine(row, look(columns), noHand);
			assert.equal(widthOf(line), columns, drawn(line));
		}
	}
});

test('an event whose clock is far from ours says how far', () => {
	const late = anEvent({ arrived: anEvent().time + 8_000_000_000n });
	assert.match(drawn(rowLine(late, look(80), noHand)), / ~8s$/);
	const later = anEvent({ arrived: anEvent().time + 59_000_000_000n });
	assert.match(drawn(rowLine(later, look(80), noHand)), / >9s$/);
	const ahead = anEvent({ arrived: anEvent().time - 7_200_000_000_000n });
	assert.match(drawn(rowLine(ahead, look(80), noHand)), / ~2h$/);
	const near = anEvent({ arrived: anEvent().time + 5_000_000_000n });
	assert.match(drawn(rowLine(near, look(80), noHand)), / {4}$/);
});
