import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cell } from '../../src/present/cell.ts';
import { helpFrame } from '../../src/present/help-lines.ts';
import { sourceCaptions, sourceDetails, sourceLine } from '../../src/present/sources-table.ts';
import { tabsLine } from '../../src/present/tabs-line.ts';
import { drawn, picture } from '../support/drawing.ts';
import { aSource, storyTime } from '../support/rows.ts';

const broken = aSource({
	name: 'bus',
	kind: 'nats',
	link: { kind: 'waiting', retryAt: storyTime + 3000, reason: 'refused', attempt: 4 },
	rate: 0,
	dropped: 12,
	gaps: 2,
	canFire: false,
	behindMs: 9000,
});

test('sources stand in a table with a word for their state', () => {
	assert.equal(
		picture([
			sourceCaptions(80),
			sourceLine(aSource(), false, storyTime, 80),
			sourceLine(broken, true, storyTime, 80),
		]),
		`   SOURCE       KIND          RATE     EVENTS DROPPED GAPS  STATE
 ● salt         salt          31/s     18 204       0    0  live
›◐ bus          nats           0/s     18 204      12    2  retry in 3 s (try 4)`,
	);
});

test('what a row has no room for stands below the table', () => {
	assert.equal(
		picture(sourceDetails(broken, storyTime, 80)),
		` attached to  /var/run/salt/master/master_event_pub.ipc
 state        retry in 3 s (try 4): refused
 events       18 204, now 0/s
 last event   0 s ago, 9 s behind its own clock
 gaps         2 times it was not heard; each is a row of the list
 dropped      12 events on our side, for want of room
 fire         it can only be read`,
	);
});

const groups = ['move', 'filter', 'look'].map((title, at) => ({
	title,
	entries: Array.from({ length: 4 }, (_, line) => ({
		keys: `${line}`,
		says: `${title} ${line}`,
		isPicked: at === 2 && line === 3,
	})),
}));
const search = { text: '', cursor: 0 };

test('help stands in as many columns as fit', () => {
	const first = (columns: number) =>
		picture(helpFrame({ search, groups, says: '' }, { rows: 20, columns })).split('\n')[1];
	assert.equal(
		first(120),
		' MOVE                                    FILTER                                  LOOK',
	);
	assert.equal(first(60), ' MOVE');
});

test('help moves so that the picked line is in it', () => {
	const text = picture(helpFrame({ search, groups, says: '' }, { rows: 8, columns: 60 }));
	assert.match(text, /^›3 {2}look 3$/m);
	assert.equal(text.split('\n').length, 8);
});

test('the present screen stands in capitals', () => {
	const tabs = [
		{ name: 'live', keys: '1', count: 0 },
		{ name: 'sources', keys: '6', count: 0 },
	];
	assert.equal(drawn(tabsLine(tabs, 'sources', 60)).trimEnd(), ' 1 Live  6 SOURCES');
	const right = drawn(tabsLine(tabs, 'sources', 40, [cell('chain ok')]));
	assert.match(right, /^ 1 Live {2}6 SOURCES {2,}chain ok $/);
});
