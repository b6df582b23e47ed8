import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/core/plan.ts';
import { playbookActions } from '../../src/playbooks/actions.ts';
import { compilePlaybooks } from '../../src/playbooks/compile-playbooks.ts';
import { aWorld } from '../support/a-deed.ts';
import { never } from '../support/a-playbook.ts';
import { aRespond } from '../support/a-respond.ts';
import { olga } from '../support/an-approval.ts';
import { toyWorld } from '../support/toy-actions.ts';

/** An engine whose actions are toys and these playbooks. */
async function anEngineOf(text: string) {
	const world = toyWorld();
	const { playbooks } = compilePlaybooks([{ path: 'p.yaml', text }], world.find, world.names);
	const toys = world.names.flatMap((name) => world.find(name)?.action ?? []);
	const engine = await aRespond(aWorld(), {
		actions: [...toys, ...playbookActions(playbooks, world.find)],
	});
	const { respond } = engine;
	const ask = (action: string, params: JsonObject = {}) =>
		respond.deeds.ask({ action, params }, olga, never);
	return { ...engine, did: world.did, ask };
}

const pausing = `
- name: p
  steps:
    - { id: tag, action: toy.tag, with: { on: x }, publish: { seen: '{{ out }}' } }
    - { id: go, approve: { prompt: 'lock after {{ seen }}?', expires: 15m } }
    - { id: lock, action: toy.lock, with: { on: '{{ seen }}' } }
`;

test('the rest behind a pause waits for a yes of its own', async () => {
	const { respond, ask, yes, becomes, did, clock } = await anEngineOf(pausing);
	const first = await ask('playbook:p');
	await yes(first);
	const done = await becomes(first.id, 'ok');
	assert.deepEqual(did, ['tag x']);
	assert.match('reason' in done.stage ? (done.stage.reason ?? '') : '', /tag: tag x done/);
	const rest = respond.audit.approvals.find(({ id }) => id !== first.id);
	assert.ok(rest);
	assert.equal(rest.why, 'lock after tag x printed?');
	assert.equal(Date.parse(rest.plan.notAfter) - clock.now(), 900_000);
	await yes(rest);
	await becomes(rest.id, 'ok');
	assert.deepEqual(did, ['tag x', 'lock tag x printed']);
	await respond.stop();
});

test('a rest that cannot be planned is said, and what was done stands', async () => {
	const { respond, ask, yes, becomes } = await anEngineOf(
		pausing.replace("'{{ seen }}' } }\n", 'nowhere } }\n'),
	);
	const first = await ask('playbook:p');
	await yes(first);
	const { stage } = await becomes(first.id, 'ok');
	assert.match(
		'reason' in stage ? (stage.reason ?? '') : '',
		/what comes next cannot be proposed: lock: nowhere is not there/,
	);
	await respond.stop();
});

const failing = `
- name: p
  input: [{ name: how, default: fails }]
  steps:
    - { id: tag, action: toy.tag, with: { on: x } }
    - { id: lock, action: toy.lock, with: { on: y, text: once } }
`;

test('a retry goes on at the step that did not end, and the undo takes back what the run did', async () => {
	const { respond, ask, yes, becomes, did } = await anEngineOf(failing);
	const first = await ask('playbook:p');
	await yes(first);
	await becomes(first.id, 'failed');
	const again = await respond.deeds.retry(first.id, olga, never);
	await yes(again);
	await becomes(again.id, 'ok');
	assert.deepEqual(did, ['tag x', 'lock y: once', 'lock y: once']);
	for (const run of [again, first]) {
		const undo = await respond.deeds.undo(run.id, olga, never);
		await yes(undo);
		await becomes(undo.id, 'ok');
	}
	assert.deepEqual(did.slice(3), ['unlock y', 'unlock y', 'untag x']);
	await respond.stop();
});
