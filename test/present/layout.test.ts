import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	type Area,
	isTooSmall,
	type Layout,
	layout,
	type Size,
	type Wishes,
} from '../../src/present/layout.ts';

const letters = {
	header: 'h',
	filter: 'f',
	events: 'e',
	detail: 'd',
	strip: 's',
	card: 'c',
	notice: 'n',
	footer: 'k',
} as const satisfies Partial<Record<keyof Layout, string>>;

/** The screen as one line a row, each letter four columns wide. */
function drawn(size: Size, wishes: Partial<Wishes> = {}): string {
	const areas = layout(size, {
		detail: 'closed',
		filterRows: 1,
		card: 0,
		tags: 'closed',
		...wishes,
	});
	const grid = Array.from({ length: size.rows }, () => Array<string>(size.columns).fill('?'));
	for (const [name, letter] of Object.entries(letters)) {
		const area = areas[name as keyof typeof letters];
		if (area !== undefined) paint(grid, area, letter);
	}
	return grid.map((row) => row.filter((_, at) => at % 4 === 0).join('')).join('\n');
}

function paint(grid: string[][], area: Area, letter: string): void {
	for (let row = area.top; row < area.top + area.rows; row += 1) {
		for (let column = area.left; column < area.left + area.columns; column += 1) {
			const line = grid[row];
			assert.equal(line?.[column], '?', `${letter} overlaps at row ${row}, column ${column}`);
			if (line !== undefined) line[column] = letter;
		}
	}
}

test('the list has all the room that nothing else needs', () => {
	assert.equal(
		drawn({ columns: 40, rows: 9 }),
		`
hhhhhhhhhh
ffffffffff
eeeeeeeeee
eeeeeeeeee
eeeeeeeeee
eeeeeeeeee
ssssssssss
nnnnnnnnnn
kkkkkkkkkk`.trim(),
	);
});

test('from 100 columns on the detail stands beside the list', () => {
	assert.equal(
		drawn({ columns: 100, rows: 8 }, { detail: 'open' }),
		`
hhhhhhhhhhhhhhhhhhhhhhhhh
fffffffffffffffffffffffff
eeeeeeeeeeeeeeddddddddddd
eeeeeeeeeeeeeeddddddddddd
eeeeeeeeeeeeeeddddddddddd
sssssssssssssssssssssssss
nnnnnnnnnnnnnnnnnnnnnnnnn
kkkkkkkkkkkkkkkkkkkkkkkkk`.trim(),
	);
});

test('on a narrow screen the detail stands below the list', () => {
	assert.equal(
		drawn({ columns: 80, rows: 12 }, { detail: 'open' }),
		`
hhhhhhhhhhhhhhhhhhhh
ffffffffffffffffffff
eeeeeeeeeeeeeeeeeeee
eeeeeeeeeeeeeeeeeeee
eeeeeeeeeeeeeeeeeeee
dddddddddddddddddddd
dddddddddddddddddddd
dddddddddddddddddddd
dddddddddddddddddddd
ssssssssssssssssssss
nnnnnnnnnnnnnnnnnnnn
kkkkkkkkkkkkkkkkkkkk`.trim(),
	);
});

test('a zoomed detail takes the place of the list', () => {
	const areas = layout(
		{ columns: 120, rows: 40 },
		{ detail: 'zoomed', filterRows: 1, card: 0, tags: 'closed' },
	);
	assert.equal(areas.events.rows, 0);
	assert.deepEqual(areas.detail, { top: 2, left: 0, rows: 35, columns: 120 });
});

test('the prompt of the filter pushes the list down', () => {
	assert.equal(
		drawn({ columns: 20, rows: 10 }, { filterRows: 4 }),
		'hhhhh\nfffff\nfffff\nfffff\nfffff\neeeee\neeeee\nsssss\nnnnnn\nkkkkk',
	);
});

test('below 60 by 16 there is no console', () => {
	assert.equal(isTooSmall({ columns: 60, rows: 16 }), false);
	assert.equal(isTooSmall({ columns: 59, rows: 16 }), true);
	assert.equal(isTooSmall({ columns: 60, rows: 15 }), true);
});

test('the tag tree stands beside the list where there is room, else in its place', () => {
	const wishes = { detail: 'open', filterRows: 1, card: 0 } as const;
	const { tags, events, detail } = layout(
		{ columns: 120, rows: 40 },
		{ ...wishes, tags: 'beside' },
	);
	assert.deepEqual([tags?.left, tags?.columns, events.left, detail?.left], [0, 36, 36, 36]);
	assert.equal(events.columns, 84);
	const narrow = layout({ columns: 80, rows: 24 }, { ...wishes, tags: 'instead' });
	assert.deepEqual([narrow.tags, narrow.detail], [narrow.events, undefined]);
});
