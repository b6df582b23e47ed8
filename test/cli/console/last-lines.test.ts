import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastLines } from '../../../src/cli/console/last-lines.ts';
import { after, aModel, night } from '../../support/a-model.ts';
import { anApproval, aPlan, approvalsTold, ivan, olga } from '../../support/an-approval.ts';

const ran = (id: string, of: { by?: typeof olga; startedAt?: number } = {}) =>
	anApproval({
		id,
		plan: aPlan({ run: `R-${id.slice(2)}` }),
		stage: {
			kind: 'ok',
			by: [of.by ?? olga],
			epoch: 1,
			startedAt: of.startedAt ?? night + 1000,
			endedAt: night + 3000,
		},
	});

test('what the operator ran stays on the terminal, and how to look again', () => {
	const told = approvalsTold([
		ran('A-0001'),
		ran('A-0002', { by: ivan }),
		ran('A-0003', { startedAt: night - 1 }),
	]);
	assert.deepEqual(lastLines(after(aModel(), told)), [
		'R-0001 (A-0001) k8s.isolate-pod payments/pay-7d9f: ended ok',
		'look again: eventctl runs list, eventctl audit',
	]);
});

test('three lines are enough', () => {
	const told = approvalsTold(['A-0001', 'A-0002', 'A-0003'].map((id) => ran(id)));
	const lines = lastLines(after(aModel(), told));
	assert.equal(lines.length, 3);
	assert.equal(lines[2], '1 more; look again: eventctl runs list, eventctl audit');
});

test('where nothing ran nothing is said', () => {
	assert.deepEqual(lastLines(aModel()), []);
});
