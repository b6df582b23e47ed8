import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPlaybook, planned, ran } from '../support/a-playbook.ts';

const text = `
- name: contain
  input: [{ name: host, default: web12 }, { name: how, default: ok }]
  steps:
    - { id: look, action: toy.look, with: { on: '{{ host }}' }, publish: { seen: '{{ out }}' } }
    - { id: tag, action: toy.tag, with: { on: '{{ host }}' } }
    - { id: lock, action: toy.lock, with: { on: '{{ host }}', text: '{{ how }}' } }
    - { id: say, action: toy.tell, with: { on: me, text: '{{ seen }}' } }
`;

test('the way back is told before each effect, and grows with the steps', async () => {
	const { action, world } = aPlaybook(text);
	const { told } = await ran(action, await planned(action, {}, world), world);
	const undos = told.flatMap((one) =>
		one.kind === 'undo' && 'says' in one.undo ? [one.undo.says] : [],
	);
	assert.deepEqual(undos, ['tag: toy.untag web12', 'lock: toy.unlock web12; tag: toy.untag web12']);
});

test('the undo takes the finished steps back, the last first', async () => {
	const { action, undo, world } = aPlaybook(text);
	const { undo: back } = await ran(action, await planned(action, {}, world), world);
	assert.ok(back && 'action' in back && back.action === undo.kind);
	const plan = await planned(undo, back.params, world);
	assert.equal(plan.tier, 2);
	assert.deepEqual(
		plan.steps.map(({ says }) => says),
		['lock: toy.unlock web12', 'tag: toy.untag web12'],
	);
	world.did.length = 0;
	const again = await ran(undo, plan, world);
	assert.deepEqual(world.did, ['unlock web12', 'untag web12']);
	assert.ok(
		again.undo &&
			'says' in again.undo &&
			again.undo.says === 'tag: toy.tag web12; lock: toy.lock web12',
	);
});

test('a step that cannot be taken back stays listed, and the others are taken back', async () => {
	const { undo, world } = aPlaybook(text);
	const steps = [
		{ id: 'lock', action: 'toy.unlock', params: { on: 'y', text: 'fails' }, says: '' },
		{ id: 'tag', action: 'toy.untag', params: { on: 'x' }, says: '' },
	];
	const plan = await planned(undo, { playbook: 'contain', steps }, world);
	const { threw } = await ran(undo, plan, world);
	assert.equal(threw, 'Error: not taken back: lock: unlock y failed');
	assert.deepEqual(world.did, ['unlock y: fails', 'untag x']);
});

test('after a crash or a failure a retry goes on at the step that did not end', async () => {
	const { action, world } = aPlaybook(text);
	const plan = await planned(action, { how: 'fails' }, world);
	const { undo } = await ran(action, plan, world);
	assert.deepEqual(world.did, ['look web12', 'tag web12', 'lock web12: fails']);
	world.did.length = 0;
	const rest = action.resume?.(plan, undo ?? { none: '' });
	const again = await planned(action, { ...rest, how: 'ok' }, world);
	await ran(action, again, world);
	assert.deepEqual(world.did, ['lock web12: ok', 'tell me: look web12 printed']);
});

test('a pause proposes the rest, which goes on with what was published', async () => {
	const { action, world } = aPlaybook(`
- name: p
  input: [{ name: host, default: web12 }]
  steps:
    - { id: look, action: toy.look, with: { on: '{{ host }}' }, publish: { seen: '{{ out }}' } }
    - { id: ask, approve: { prompt: 'wipe after {{ seen }}?', need: 2, expires: 15m } }
    - { id: wipe, action: toy.wipe, with: { on: '{{ seen }}' } }
  finally: [{ id: tell, action: toy.tell, with: { on: me, text: '{{ outcome }}' } }]`);
	const first = await planned(action, {}, world);
	assert.deepEqual(
		first.parts?.map(({ id }) => id),
		['look', 'tell'],
	);
	assert.deepEqual(first.notes, ['then asks ask; only after that yes: wipe (toy.wipe)']);
	const { told } = await ran(action, first, world);
	const ask = told.find((one) => one.kind === 'ask');
	assert.ok(ask?.kind === 'ask');
	assert.deepEqual([ask.says, ask.expiresMs], ['wipe after look web12 printed?', 900_000]);
	assert.deepEqual(world.did, ['look web12', 'tell me: waits']);
	const rest = await planned(action, ask.params, world);
	assert.equal(rest.tier, 4, 'it needs two people');
	await ran(action, rest, world);
	assert.deepEqual(world.did.slice(2), ['wipe look web12 printed', 'tell me: ok']);
});

test('a step that failed and was let pass keeps no pause from asking', async () => {
	const { action, world } = aPlaybook(`
- name: p
  steps:
    - { id: look, action: toy.look, with: { on: x, text: fails }, on_error: continue }
    - { id: ask, approve: { prompt: 'go on?' } }
    - { id: tag, action: toy.tag, with: { on: x } }`);
	const { told } = await ran(action, await planned(action, {}, world), world);
	assert.ok(told.some(({ kind }) => kind === 'ask'));
	assert.deepEqual(world.did, ['look x: fails']);
});
