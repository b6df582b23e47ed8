import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorLine, rowAtCursor } from '../../src/state/slices/list.ts';
import { aConsole } from '../support/a-console.ts';
import {
	after,
	aModel,
	aModelWith,
	anEventRow,
	aWindow,
	toEngine,
	told,
} from '../support/a-model.ts';
import { ToyEngine } from '../support/toy-engine.ts';

test('a console starts at the tail and its cursor is on the newest row', () => {
	const { list } = aModelWith();
	assert.equal(list.selection, 'tail');
	assert.equal(rowAtCursor(list)?.seq, 3);
});

test('moving up pauses on that very event, at the line where it stands', () => {
	const { list } = after(aModelWith(), { type: 'cursor.moved', by: -1 });
	assert.equal(list.selection, 2);
	assert.deepEqual(list.anchor, { seq: 2, line: 1 });
	assert.ok(list.paused);
});

test('moving down while following stays live', () => {
	const model = aModelWith();
	assert.equal(after(model, { type: 'cursor.moved', by: 1 }).list, model.list);
});

test('arrivals do not move the cursor', () => {
	const paused = after(aModelWith(), { type: 'list.paused' });
	const rows = [2, 3, 4, 5].map((seq) => anEventRow({ seq }));
	const { list } = after(paused, aWindow({ rows }));
	assert.equal(rowAtCursor(list)?.seq, 3);
	assert.deepEqual(list.anchor, paused.list.anchor);
});

test('a window of an older view is not shown', () => {
	const model = after(aModelWith(), { type: 'filter.changed', text: 'web12' });
	const { list } = after(model, aWindow({ rows: [anEventRow({ seq: 9 })] }));
	assert.equal(list.window?.rows.length, 3);
});

test('a cursor whose event a filter hides stands on the next one, and is back when it shows again', () => {
	const paused = after(aModelWith(), { type: 'event.jumped', seq: 2 });
	const hidden = after(paused, aWindow({ rows: [1, 3].map((seq) => anEventRow({ seq })) }));
	assert.equal(rowAtCursor(hidden.list)?.seq, 3);
	assert.equal(rowAtCursor(after(hidden, aWindow()).list)?.seq, 2);
});

test('moving beyond the window asks for the rows beyond and ends on the right one', () => {
	const console = aConsole(new ToyEngine());
	console.arrive(100);
	for (let press = 0; press < 25; press++) console.tell({ type: 'cursor.moved', by: -1 });
	assert.equal(rowAtCursor(console.model.list)?.seq, 75);
	console.tell({ type: 'cursor.paged', by: 1 });
	assert.equal(rowAtCursor(console.model.list)?.seq, 85);
});

test('moves made while the engine is busy all count once its window comes', () => {
	const engine = new ToyEngine();
	const console = aConsole(engine);
	console.arrive(100);
	console.hold();
	for (let press = 0; press < 30; press++) console.tell({ type: 'cursor.moved', by: -1 });
	console.release();
	assert.equal(rowAtCursor(console.model.list)?.seq, 70);
});

test('a move made before a jump is answered counts from where the jump went', () => {
	const console = aConsole(new ToyEngine());
	console.arrive(100);
	console.hold();
	console.tell({ type: 'cursor.sent', to: 'first' }, { type: 'cursor.moved', by: 3 });
	console.release();
	assert.equal(rowAtCursor(console.model.list)?.seq, 4);
});

test('g goes to the oldest event, G follows again', () => {
	const console = aConsole(new ToyEngine());
	console.arrive(100);
	console.tell({ type: 'cursor.sent', to: 'first' });
	assert.equal(rowAtCursor(console.model.list)?.seq, 1);
	console.tell({ type: 'cursor.sent', to: 'last' });
	assert.equal(console.model.list.selection, 'tail');
	assert.equal(console.model.list.paused, undefined);
});

test('a smaller list keeps its event in sight', () => {
	const paused = after(aModelWith(), { type: 'cursor.moved', by: -1 });
	const { model, effects } = told(paused, { type: 'list.sized', height: 1 });
	assert.deepEqual(model.list.anchor, { seq: 2, line: 1 });
	assert.deepEqual(
		toEngine(effects).map(({ type }) => type),
		['view.wanted'],
	);
});

test('an empty list has no row under its cursor, and moving does nothing', () => {
	const { list } = after(aModel(), aWindow({ rows: [] }), { type: 'cursor.moved', by: -1 });
	assert.equal(cursorLine(list), -1);
	assert.equal(list.selection, 'tail');
});

test('what stands behind a row is found with it', () => {
	const rows = [
		anEventRow({ seq: 1 }),
		anEventRow({ seq: 2, fold: { count: 6, last: 12 } }),
		anEventRow({ seq: 13 }),
	];
	const { list } = after(aModelWith({ rows }), { type: 'event.jumped', seq: 7 });
	assert.deepEqual([cursorLine(list), list.anchor], [1, { seq: 7, line: 1 }]);
});
