import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roughly, span } from '../../src/core/ago.ts';
import { grouped, perSecond, size } from '../../src/present/number.ts';
import { clockTime, dayTime, fullTime, zoneName } from '../../src/present/time.ts';
import { nanoseconds, storyTime } from '../support/rows.ts';

test('a time is shown by this machine, in UTC or as an age', () => {
	const now = storyTime + 72_000;
	assert.equal(clockTime(storyTime, 'local', now), '03:06:12');
	assert.equal(clockTime(storyTime, 'utc', now), '03:06:12');
	assert.equal(clockTime(storyTime, 'relative', now), '72 s');
	assert.equal(dayTime(storyTime, 'utc', now), '11-21 03:06:12');
	assert.equal(zoneName('utc', now), 'UTC');
});

test('the whole time keeps every digit it has', () => {
	const whole = nanoseconds(storyTime);
	assert.equal(fullTime(whole, 'utc'), '2026-11-21 03:06:12.000');
	assert.equal(fullTime(whole + 118_843_000n, 'utc'), '2026-11-21 03:06:12.118843');
	assert.equal(fullTime(whole + 1n, 'utc'), '2026-11-21 03:06:12.000000001');
});

test('a time outside every calendar is shown as unknown', () => {
	assert.equal(clockTime(Number.NaN, 'utc', 0), '??:??:??');
	assert.equal(clockTime(1e300, 'utc', 0), '??:??:??');
});

test('an age is never wider than a clock', () => {
	const ages = [0, 400, 9_960, 99_400, 242_000, 3_599_999, 11_100_000, 187_200_000, 8_640_000_000];
	assert.deepEqual(ages.map(span), [
		'0.0 s',
		'0.4 s',
		'10 s',
		'99 s',
		'4m 02s',
		'1h 00m',
		'3h 05m',
		'2d 4h',
		'100d 0h',
	]);
	for (const age of ages) assert.ok(span(age).length <= 8);
});

test('a sentence names one unit', () => {
	assert.deepEqual([12_000, 240_000, 10_800_000, 172_800_000].map(roughly), [
		'12 s',
		'4 min',
		'3 h',
		'2 days',
	]);
});

test('counts have their thousands apart, rates and sizes a unit', () => {
	assert.equal(grouped(1_018_204), '1 018 204');
	assert.equal(grouped(9_007_199_254_740_993n), '9 007 199 254 740 993');
	assert.deepEqual([0, 0.42, 42, 1200.6].map(perSecond), ['0/s', '0.4/s', '42/s', '1 201/s']);
	assert.deepEqual([412, 18_640, 3_250_586].map(size), ['412 B', '18.2 KiB', '3.1 MiB']);
});
