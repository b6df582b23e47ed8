import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/state/message.ts';
import { rowAtCursor } from '../../src/state/slices/list.ts';
import { aConsole } from '../support/a-console.ts';
import { after, aModelWith, toEngine, told } from '../support/a-model.ts';
import { ToyEngine } from '../support/toy-engine.ts';

const tenth = () => new ToyEngine((row, filter) => filter !== 'tenth' || row.seq % 10 === 0);
const sought = (from: number, towards: 'older' | 'newer', retry?: 'older' | 'newer'): Message => ({
	type: 'row.sought',
	filter: 'tenth',
	from,
	towards,
	what: 'tenth event',
	...(retry && { retry }),
});

test('the list jumps to what is found, in the middle of the screen', () => {
	const console = aConsole(tenth());
	console.arrive(100);
	console.tell(sought(64, 'older'));
	assert.equal(rowAtCursor(console.model.list)?.seq, 60);
	assert.deepEqual(console.model.list.anchor, { seq: 60, line: 5 });
	assert.equal(console.model.seek, undefined);
});

test('what is on the screen already is found without scrolling', () => {
	const console = aConsole(tenth());
	console.arrive(100);
	const first = console.model.list.window?.rows[0]?.seq;
	console.tell(sought(95, 'newer'));
	assert.equal(rowAtCursor(console.model.list)?.seq, 100);
	assert.equal(console.model.list.window?.rows[0]?.seq, first);
});

test('where nothing is found towards one side the other one is tried, then it is said', () => {
	const console = aConsole(tenth());
	console.arrive(15);
	console.tell(sought(5, 'older', 'newer'));
	assert.equal(rowAtCursor(console.model.list)?.seq, 10);
	console.tell(sought(12, 'newer'));
	assert.equal(console.model.notices.at(-1)?.text, 'no tenth event');
});

test('an answer to an older search changes nothing', () => {
	const model = after(aModelWith(), sought(1, 'newer'), sought(2, 'newer'));
	assert.equal(after(model, { type: 'found', id: 1, seq: 3 }), model);
	assert.equal(after(model, { type: 'found', id: 2, seq: 3 }).list.selection, 3);
});

test('marks, the opened and the selected event are kept for as long as they are', () => {
	const { model, effects } = told(
		aModelWith(),
		{ type: 'event.marked', seq: 1 },
		{ type: 'event.jumped', seq: 2 },
		{ type: 'list.followed' },
	);
	const kept = toEngine(effects).flatMap((asked) =>
		asked.type === 'events.kept' ? [asked.seqs] : [],
	);
	assert.deepEqual(kept, [[1], [1, 2], [1]]);
	assert.deepEqual([...model.list.marks], [1]);
});
