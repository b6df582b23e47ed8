import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Block } from '../../src/core/block.ts';
import type { Row } from '../../src/core/session.ts';
import { displayWidth } from '../../src/core/width.ts';
import { eventColumns } from '../../src/present/columns.ts';
import { rowLine } from '../../src/present/event-cells.ts';
import { aWindow, storyOpened, storyStore } from '../support/a-story.ts';
import { drawn } from '../support/drawing.ts';
import { hostileStrings } from '../support/hostile.ts';
import { aBrokenRow, aGap, anEvent, storyTime } from '../support/rows.ts';
import { frame } from '../support/screen.tsx';

const size = { columns: 80, rows: 60 };

/** Where a sender's words can stand in a row of the list. */
function rowsSaying(text: string): readonly Row[] {
	return [
		anEvent({ tag: text, facts: { summary: text } }),
		anEvent({ facts: { who: text } }),
		anEvent({ source: text, format: text }),
		aGap({ source: text, gap: { from: 0, to: 0, cause: text } }),
		aBrokenRow({ reason: text, head: Buffer.from(text) }),
	];
}

/** Where they can stand among the details. */
function blocksSaying(text: string): readonly Block[] {
	return [
		{ type: 'heading', text, right: text },
		{ type: 'table', rows: [[text, text]] },
		{ type: 'checks', checks: [{ mark: 'failed', fun: text, name: text, comment: text }] },
		{ type: 'text', text },
		{ type: 'tree', label: text, value: { [text]: [text, 1] } },
	];
}

/** A console on which these words stand in every place at once. */
function shown(texts: readonly string[]): string {
	const rows = texts.flatMap(rowsSaying).map((row, at) => ({ ...row, seq: at + 1 }));
	const notice = { type: 'notice', tone: 'bad', text: texts.join(' ') } as const;
	const store = storyStore(size, aWindow({ rows }), notice);
	store.dispatch({ type: 'detail.wanted', seq: 1 });
	const row = rows[0] ?? anEvent();
	store.dispatch({ ...storyOpened, seq: 1, row, blocks: texts.flatMap(blocksSaying) });
	return frame(store);
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

test('no hostile string reaches the screen as anything but visible text in its own line', () => {
	const texts = hostileStrings().map(({ text }) => text);
	for (let at = 0; at < texts.length; at += 4) {
		const some = texts.slice(at, at + 4);
		const lines = shown(some).split('\n');
		assert.equal(lines.length, size.rows, JSON.stringify(some));
		for (const line of lines) {
			assert.doesNotMatch(line, unseen, JSON.stringify(some));
			assert.ok(displayWidth(line) <= size.columns, line);
		}
	}
});

/** The tag tree, the facets and the saved views with these words in all of their places. */
function surveyed(texts: readonly string[]): readonly string[] {
	const store = storyStore(size);
	store.dispatch({ type: 'tags.toggled' });
	const leaf = (text: string) => ({ label: text, glob: text, count: 1, children: [] });
	const tags = texts.map((text) => ({ ...leaf(text), children: [leaf(text)] }));
	const values = texts.map((value) => ({ value, count: 1 }));
	const facets = [{ key: 'host', values, more: 1, isComplete: true }];
	store.dispatch({ type: 'facets', id: 1, tags, facets });
	const tree = frame(store);
	const views = texts.map((text) => ({ name: text, filter: '', isOwn: true }));
	store.dispatch({ type: 'prompt.opened', kind: 'view', text: '' });
	store.dispatch({ type: 'views', views });
	return [tree, frame(store)];
}

test('nor does it in the tag tree, the facets and the names of saved views', () => {
	const texts = hostileStrings().map(({ text }) => text);
	for (let at = 0; at < texts.length; at += 4) {
		const some = texts.slice(at, at + 4);
		for (const line of surveyed(some).flatMap((screen) => screen.split('\n'))) {
			assert.doesNotMatch(line, unseen, JSON.stringify(some));
			assert.ok(displayWidth(line) <= size.columns, line);
		}
	}
});

test('whatever a row says, it moves nothing beside it', () => {
	const hand = {
		isSelected: false,
		isNewest: false,
		isMarked: false,
		isSuggested: false,
		touch: undefined,
	};
	const look = { columns: eventColumns(80), time: 'utc', now: storyTime } as const;
	for (const { name, text } of hostileStrings()) {
		for (const row of rowsSaying(text)) {
			assert.equal(displayWidth(drawn(rowLine(row, look, hand))), 80, name);
		}
	}
});
