import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resume } from '../../../connectors/nats/sequence.ts';
import { sequenceOfLast } from '../../../connectors/nats/start.ts';

const read = { created: 'then', last: 11, storedAt: 5n };
const stream = { created: 'then', first: 1, last: 20, isDense: true };

test('a stream that still has the next event is read on, and nothing is missing', () => {
	assert.deepEqual(resume(read, stream), { next: { sequence: 12 } });
	assert.deepEqual(resume(read, { ...stream, first: 12 }), { next: { sequence: 12 } });
	assert.deepEqual(resume(read, { ...stream, first: 12, last: 11 }), { next: { sequence: 12 } });
});

test('events that are gone are counted, and not counted where others lie between them', () => {
	const purged = { ...stream, first: 20 };
	const cause = 'left the stream before it was read (sequence 12–19)';
	assert.deepEqual(resume(read, purged), { next: { sequence: 20 }, missing: { cause, lost: 8 } });
	assert.deepEqual(resume(read, { ...purged, isDense: false }), {
		next: { sequence: 20 },
		missing: { cause },
	});
	assert.equal(
		resume(read, { ...stream, first: 13 }).missing?.cause,
		'left the stream before it was read (sequence 12)',
	);
});

test('another stream of the same name is read from its start', () => {
	const { next, missing } = resume(read, { ...stream, created: 'now', last: 3 });
	assert.deepEqual(next, { sequence: 1 });
	assert.match(missing?.cause ?? '', /^history replaced/);
});

test('a stream that forgot its end is read on by time: its numbers are given out again', () => {
	const { next, missing } = resume(read, { ...stream, last: 8 });
	assert.deepEqual(next, { after: 5n });
	assert.equal(missing?.cause, 'history replaced: the stream ends at 8, 11 was read');
	const unread = { ...read, storedAt: undefined };
	assert.deepEqual(resume(unread, { ...stream, last: 8 }).next, { sequence: 9 });
});

/** A stream whose events are ours where `isOurs` says so; counts the questions. */
function aStream(first: number, last: number, isOurs: (sequence: number) => boolean) {
	const asked: number[] = [];
	const countFrom = async (from: number) => {
		asked.push(from);
		let count = 0;
		for (let sequence = from; sequence <= last; sequence++) if (isOurs(sequence)) count++;
		return count;
	};
	return { first, last, asked, countFrom };
}

for (const [says, isOurs] of [
	['all', () => true],
	['every seventh', (sequence: number) => sequence % 7 === 0],
	['only old ones', (sequence: number) => sequence < 300],
	['only new ones', (sequence: number) => sequence > 9990],
	['none', () => false],
] as const) {
	test(`the last of ours are found where ours are: ${says}`, async () => {
		const place = aStream(101, 10_100, isOurs);
		const all = await place.countFrom(place.first);
		for (const count of [1, 2, 100, 5000, 1_000_000]) {
			place.asked.length = 0;
			const from = await sequenceOfLast(count, place, place.countFrom);
			assert.ok(place.asked.length < 40, `${place.asked.length} questions`);
			assert.ok(from >= place.first);
			assert.equal(await place.countFrom(from), Math.min(count, all));
		}
	});
}

test('an empty stream starts with what comes next', async () => {
	const place = aStream(1, 0, () => true);
	assert.equal(await sequenceOfLast(10, place, place.countFrom), 1);
});
