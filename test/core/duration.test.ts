import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationOf } from '../../src/core/duration.ts';

test('durations are numbers with units, added up', () => {
	const expected = {
		'500ms': 500,
		'30s': 30_000,
		'15m': 900_000,
		'1h30m': 5_400_000,
		'1.5h': 5_400_000,
		'2d': 172_800_000,
		'1w': 604_800_000,
	};
	for (const [text, ms] of Object.entries(expected)) assert.equal(durationOf(text), ms, text);
});

test('what is no duration is none', () => {
	for (const text of ['', '15', 'm', '15 m', '-1h', '1h-', '1y', '15m ago']) {
		assert.equal(durationOf(text), undefined, text);
	}
});
