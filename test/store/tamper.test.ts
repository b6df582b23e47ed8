import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashOf, noHead, recordAfter } from '../../src/store/record.ts';
import { aStep } from '../support/a-step.ts';
import {
	bytesOf,
	chained,
	journal,
	records,
	rowOf,
	rows,
	tamperWithJournals,
	tamperWithTables,
	verdict,
} from '../support/tampering.ts';

const rounds = 1000;

describe('whoever changes what is kept is found', () => {
	test('nothing is wrong with what nobody changed', async () => {
		assert.equal((await verdict(rows, journal)).kind, 'whole');
	});

	test(`in ${rounds} changed journals`, () => tamperWithJournals(rounds, 5));

	test(`in ${rounds} changed tables, and at the first record that is wrong`, () =>
		tamperWithTables(rounds, 6));

	test('a table that was rewritten with all its hashes does not match its journal', async () => {
		const texts = Array.from({ length: records }, (_, index) => `note ${index} of what was done`);
		const forged = chained(texts.with(40, 'nothing was done'));
		assert.deepEqual(await verdict(forged, journal), {
			kind: 'broken',
			seq: 41,
			why: 'the journal has another record there',
		});
	});

	test('a chain whose revisions leave one out is broken', async () => {
		const steps = [1, 2, 4].map((rev) => aStep('note', { id: 'N-1', rev }));
		let head = noHead;
		const forged = steps.map((step) => {
			const written = recordAfter(head, step);
			head = written.kept;
			return rowOf(written.line);
		});
		const { kind, ...rest } = await verdict(forged, bytesOf(forged));
		assert.deepEqual(
			[kind, rest],
			['broken', { seq: 3, why: 'revision 4 of N-1 follows revision 2' }],
		);
	});
});

test('hashing is what is documented: sha-256 of the line', () => {
	assert.equal(rows[1]?.prev, hashOf(rows[0]?.line ?? ''));
});
