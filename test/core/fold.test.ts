import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldApproval } from '../../src/core/fold.ts';
import { aProposal, aStep, engine, stepEpoch } from '../support/a-step.ts';
import { aPlan, olga } from '../support/an-approval.ts';

const begun = [
	aProposal(),
	aStep('approve', { rev: 2, actor: olga }),
	aStep('claim', { rev: 3, detail: { executor: 'e1', epoch: 1 } }),
	aStep('intend', { rev: 4, detail: { executor: 'e1', epoch: 1 } }),
];

test('an approval is what its steps say', () => {
	assert.deepEqual(foldApproval([aProposal()]), {
		id: 'A-0097',
		rev: 1,
		plan: aPlan({ notAfter: new Date(stepEpoch + 240_000).toISOString() }),
		contentHash: 'hash',
		origin: 'rule',
		requestedBy: engine,
		proposedAt: aStep('propose').at,
		stage: { kind: 'proposed', by: [] },
		undo: aPlan().undo,
		repeats: 0,
	});
});

test('a plan survives being written as JSON', () => {
	const read = JSON.parse(JSON.stringify(aProposal()));
	assert.deepEqual(foldApproval([read]), foldApproval([aProposal()]));
});

test('what does not begin with a plan is no approval', () => {
	assert.equal(foldApproval([]), undefined);
	assert.equal(foldApproval([aStep('approve')]), undefined);
	assert.equal(foldApproval([aStep('propose', { detail: { plan: { action: 'x' } } })]), undefined);
	const timeless = aProposal({ notAfter: 'soon' });
	assert.equal(foldApproval([timeless]), undefined, 'a plan that never expires');
});

test('the way back is what the run last told, and only its own epoch tells it', () => {
	const undo = { action: 'k8s.release-pod', params: { rv: '7' }, says: 'release it at 7' };
	const told = aStep('undo-known', { rev: 5, detail: { epoch: 1, undo } });
	assert.deepEqual(foldApproval([...begun, told])?.undo, undo);
	const foreign = aStep('undo-known', { rev: 5, detail: { epoch: 2, undo } });
	assert.deepEqual(foldApproval([...begun, foreign])?.undo, aPlan().undo);
	assert.deepEqual(foldApproval([aProposal(), told])?.undo, aPlan().undo);
});

test('repeats and snoozes are told, and move no stage', () => {
	const approval = foldApproval([
		aProposal(),
		aStep('repeat', { rev: 2, detail: { count: 4 } }),
		aStep('snooze', { rev: 3, detail: { until: '2026-11-21T04:00:00.000Z' } }),
		aStep('note', { rev: 4, detail: { text: 'looking' } }),
	]);
	assert.equal(approval?.repeats, 4);
	assert.equal(approval?.snoozedUntil, '2026-11-21T04:00:00.000Z');
	assert.equal(approval?.rev, 4);
	assert.equal(approval?.stage.kind, 'proposed');
});
