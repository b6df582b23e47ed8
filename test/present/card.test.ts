import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefCard, briefHeight } from '../../src/present/card/card-lines.ts';
import { anApproval } from '../support/an-approval.ts';
import { storyTime } from '../support/rows.ts';

const talkative = anApproval({ why: 'a rule that tells its whole filter '.repeat(10) });

function heightWith(approval: ReturnType<typeof anApproval>, isRoomy: boolean): number {
	const facts = {
		approval,
		limit: undefined,
		now: storyTime,
		place: { at: 1, of: 1 },
		others: [],
		othersKey: 'x',
		isRoomy,
	};
	const rows = briefHeight(facts, 80);
	assert.equal(briefCard(facts, { rows, columns: 80 }).isWhole, true);
	return rows;
}

test('why a card is there takes one line of a small screen, and as many as it needs of a large one', () => {
	assert.equal(heightWith(talkative, false), heightWith(anApproval(), false));
	assert.ok(heightWith(talkative, true) > heightWith(anApproval(), true));
});
