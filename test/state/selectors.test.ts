import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	emptyReason,
	matches,
	noticeInForce,
	pausedStrip,
	staleness,
} from '../../src/state/selectors.ts';
import {
	after,
	aModel,
	aModelWith,
	aSource,
	aWindow,
	night,
	someCounts,
} from '../support/a-model.ts';

test('a fresh stream has nothing to be said about', () => {
	assert.deepEqual(staleness(aModelWith()), []);
});

test('an engine that fell silent is said before anything about its sources', () => {
	const model = after(aModelWith(), { type: 'time.passed', now: night + 12_400 });
	assert.deepEqual(staleness(model), ['the screen is 12 s behind']);
});

test('a source that lags and a bus that is silent are said', () => {
	const now = night + 240_000;
	const sources = [aSource({ behindMs: 12_900 })];
	const model = after(aModel(), { type: 'time.passed', now }, someCounts({ at: now, sources }));
	assert.deepEqual(staleness(model), ['salt 12 s behind', 'last event 4 min ago']);
});

test('a list that stands still says how much fell out above it', () => {
	const paused = after(aModelWith(), { type: 'list.paused' });
	assert.deepEqual(staleness(after(paused, aWindow({ first: 1 }))), []);
	assert.deepEqual(staleness(after(paused, aWindow({ first: 101 }))), ['100 older dropped']);
	assert.deepEqual(
		staleness(after(paused, { type: 'list.followed' }, aWindow({ first: 101 }))),
		[],
	);
});

test('the strip of a paused list counts what is below', () => {
	const model = after(
		aModelWith(),
		{ type: 'list.paused' },
		aWindow({ below: 37, criticalBelow: 2 }),
	);
	assert.deepEqual(pausedStrip(model), { at: night, below: 37, criticalBelow: 2 });
	assert.equal(pausedStrip(after(model, { type: 'list.followed' })), undefined);
});

test('an empty list says why and which command helps', () => {
	const counts = someCounts({ held: 18_204 });
	const filtered = after(aModel(), counts, { type: 'filter.changed', text: 'nothing' });
	assert.equal(emptyReason(filtered)?.why, 'looking');
	const empty = after(filtered, aWindow({ view: 2, rows: [], held: 18_204 }));
	assert.deepEqual(emptyReason(empty), {
		why: 18_204,
		command: 'filter.toggle',
		help: 'shows all',
	});
	assert.equal(emptyReason(aModel())?.why, 'starting');
	const down = aSource({ link: { kind: 'waiting', retryAt: night, reason: 'EACCES' } });
	const lost = after(aModel(), someCounts({ held: 0, sources: [down] }));
	assert.equal(emptyReason(lost)?.command, 'screen.sources');
});

test('matches are those of this view only', () => {
	const model = aModelWith({ matched: 2 });
	assert.equal(matches(model)?.matched, 2);
	assert.equal(matches(after(model, { type: 'filter.changed', text: 'x' })), undefined);
});

test('a notice goes when it is no news any more', () => {
	const model = after(aModel(), { type: 'noticed', tone: 'muted', text: 'hello' });
	assert.equal(noticeInForce(model)?.text, 'hello');
	assert.equal(noticeInForce(after(model, { type: 'time.passed', now: night + 5000 })), undefined);
});
