import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { EventLine } from '../../components/rows/EventLine.tsx';
import { eventColumns } from '../../src/present/columns.ts';
import { anEvent } from '../support/rows.ts';

const look = { columns: eventColumns(80), time: 'utc', now: 0 } as const;

function line(summary: string, isSelected: boolean) {
	const row = anEvent({ seq: 7, facts: { who: 'web12', summary, ids: [] } });
	return (
		<EventLine
			row={row}
			look={look}
			isSelected={isSelected}
			isNewest={false}
			isMarked={false}
			isSuggested={false}
			touch={undefined}
		/>
	);
}

test('a row is painted once for its number, and anew when the hand comes to it', () => {
	const { lastFrame, rerender, unmount } = render(line('what it says', false));
	const first = stripVTControlCharacters(lastFrame() ?? '');
	assert.match(first, /web12.*what it says/);
	rerender(line('another', false));
	assert.equal(stripVTControlCharacters(lastFrame() ?? ''), first);
	rerender(line('another', true));
	assert.match(stripVTControlCharacters(lastFrame() ?? ''), /^›.*another/);
	unmount();
});
