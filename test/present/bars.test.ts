import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyLines } from '../../src/present/empty-lines.ts';
import { filterLine } from '../../src/present/filter-lines.ts';
import { footerLine, type Hint } from '../../src/present/footer.ts';
import { noticeLine } from '../../src/present/notice-line.ts';
import { stripLine } from '../../src/present/strip.ts';
import { drawn, picture } from '../support/drawing.ts';

const chips = [
	{ text: 'src:salt', isNegated: false, isOn: true },
	{ text: '-host:web99', isNegated: true, isOn: true },
];
const matches = { matched: 412, held: 18_204, isComplete: true };

function squeezed(text: string): string {
	return text.trim().replace(/ {3,}/, ' … ');
}

test('the filter stands as chips, with what it leaves', () => {
	const line = (of: object, columns = 60) =>
		squeezed(drawn(filterLine({ chips, matches, key: '/', ...of }, columns)));
	assert.equal(line({}), '/ src:salt  -host:web99 … 412 of 18 204');
	assert.equal(
		line({ matches: { ...matches, isComplete: false } }),
		'/ src:salt  -host:web99 … ≥ 412 of 18 204',
	);
	assert.equal(line({ chips: [] }), '/ all events … 412 of 18 204');
	assert.equal(
		line({ chips: chips.map((chip) => ({ ...chip, isOn: false })) }),
		'/ src:salt  -host:web99  off … 412 of 18 204',
	);
	assert.equal(line({}, 36), '/ src:salt  +1 more  412 of 18 204');
	assert.equal(line({ matches: undefined }), '/ src:salt  -host:web99');
});

test('the strip tells how many came below while the list stood still', () => {
	const line = (columns: number, criticalBelow = 2) =>
		drawn(
			stripLine(
				{
					paused: { at: '03:06:12', below: 37, criticalBelow },
					liveKeys: 'G or space',
					staleness: [],
				},
				columns,
			),
		);
	assert.match(
		line(80),
		/^── paused at 03:06:12 ── 37 new below \(2 CRIT\) ── G or space: live again ─+$/,
	);
	assert.match(line(80, 0), /^── paused at 03:06:12 ── 37 new below ── G or space: live again ─+$/);
	assert.match(line(60), /^── paused at 03:06:12 ── 37 new below \(2 CRIT\) ─+$/);
	assert.equal(line(60).length, 60);
});

test('the strip says how old is what one sees', () => {
	const line = drawn(
		stripLine({ paused: undefined, liveKeys: 'G', staleness: ['last event 4 min ago'] }, 60),
	);
	assert.match(line, /^── live ─+ last event 4 min ago ──$/);
});

test('the footer keeps the way out whatever else has no room', () => {
	const hint = (keys: string, says: string, of: Partial<Hint> = {}): Hint => {
		return { keys, says, isBlocked: false, ...of };
	};
	const out = hint('q', 'quit', { isAlways: true });
	const hints = [hint('j k', 'move'), hint('/', 'filter'), out];
	assert.equal(drawn(footerLine(hints, 40)), ' j k move  / filter  q quit');
	assert.equal(drawn(footerLine(hints, 22)), ' j k move  q quit');
	assert.equal(drawn(footerLine(hints, 9)), ' q quit');
	const withBlocked = [hint('a', 'approve', { isBlocked: true }), ...hints];
	assert.equal(drawn(footerLine(withBlocked, 40)), ' a approve  j k move  / filter  q quit');
	assert.equal(drawn(footerLine(withBlocked, 30)), ' j k move  / filter  q quit');
});

test('a notice stands before the caption and brings its own mark', () => {
	assert.equal(drawn(noticeLine(undefined, 'try p: fire an event', 40)), ' try p: fire an event');
	assert.equal(
		drawn(noticeLine({ tone: 'bad', text: 'refused\x1b[2J' }, 'try p', 40)),
		' ✗ refused␛[2J',
	);
});

test('an empty list says why and what to press', () => {
	const help = { keys: '\\', says: 'shows all' };
	assert.equal(
		picture(emptyLines({ why: 18_204, help }, 60)),
		'\n      0 of 18 204 match\n      \\ shows all',
	);
});
