import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventColumns } from '../../src/present/columns.ts';

function drawn(available: number): string {
	return eventColumns(available)
		.map(({ name, width }) => `${name}:${width}`)
		.join(' ');
}

for (const [available, expected] of [
	[200, 'mark:1 severity:4 time:14 source:8 who:20 summary:145 badge:3'],
	[120, 'mark:1 severity:4 time:8 source:8 who:20 summary:71 badge:3'],
	[100, 'mark:1 severity:4 time:8 source:6 who:14 summary:59 badge:3'],
	[80, 'mark:1 severity:4 time:8 source:5 who:14 summary:40 badge:3'],
	[76, 'mark:1 severity:4 time:8 source:5 who:14 summary:36 badge:3'],
	[75, 'mark:1 severity:4 time:8 source:5 summary:50 badge:3'],
	[60, 'mark:1 severity:4 time:8 summary:41 badge:3'],
	[40, 'mark:1 severity:4 time:8 summary:21 badge:3'],
] as const) {
	test(`at ${available} columns the list shows ${expected}`, () => {
		assert.equal(drawn(available), expected);
	});
}

test('the columns fill any width exactly', () => {
	for (let available = 24; available <= 300; available += 1) {
		const taken = eventColumns(available).reduce((sum, { gap, width }) => sum + gap + width, 0);
		assert.equal(taken, available);
	}
});
