import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backtest } from '../../src/rules/backtest.ts';
import { disagreement, tried } from '../../src/rules/samples.ts';
import { aBook, aShell, catalog, now } from '../support/a-rule.ts';

const rule = `
- id: shell
  match: format:falco
  suggest: [{ action: k8s.isolate-pod, with: { pod: '{{ pod }}' } }]
  cooldown: 1m
`;

test('a backtest says what would have been suggested, cool-downs kept', () => {
	const backtest = Backtest.of(aBook(rule), 'shell');
	for (const [seq, seconds] of [
		[1, 0],
		[2, 30],
		[3, 61],
	] as const) {
		backtest?.look(seq, aShell(), now + seconds * 1000);
	}
	const result = backtest?.result();
	assert.deepEqual(
		result?.would.map(({ seq }) => seq),
		[1, 3],
	);
	assert.equal(result?.says, '2 suggestions from 3 events, 1 more within their cool-down');
	assert.match(result?.would[0]?.says ?? '', /suggest k8s.isolate-pod \{"pod":"pay-7d9f"\}/);
});

test('a backtest leaves the rules at work alone', () => {
	const book = aBook(rule);
	Backtest.of(book, 'shell')?.look(1, aShell(), now);
	assert.equal(book.info()[0]?.fired, 0);
	assert.equal(Backtest.of(book, 'nope'), undefined);
});

test('a sample that disagrees says why', () => {
	const book = aBook(rule);
	const result = (event = aShell()) => tried(book, 'shell', [{ event, at: now }], catalog);
	assert.equal(disagreement('match', result()), undefined);
	assert.match(disagreement('miss', result()) ?? '', /should have been let pass/);
	assert.match(
		disagreement('match', result(aShell({ format: 'json' }))) ?? '',
		/should have matched/,
	);
});

test('a sample whose parameters the action would not take disagrees', () => {
	const check = () => {
		throw new Error('pod: too long');
	};
	const result = tried(aBook(rule), 'shell', [{ event: aShell(), at: now }], { ...catalog, check });
	assert.match(disagreement('match', result) ?? '', /k8s.isolate-pod: pod: too long/);
});
