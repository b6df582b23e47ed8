import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../../src/codec/canonical.ts';
import { planIn } from '../../src/core/plan-in.ts';
import { planEntry } from '../../src/playbooks/plan-leaf.ts';
import { aPlaybook, never, planned } from '../support/a-playbook.ts';
import { toyWorld } from '../support/toy-actions.ts';

const contain = `
- name: contain
  title: Contain a host
  input:
    - { name: host, required: true }
    - { name: others, type: list, default: [a, b] }
  vars: { label: 'bad {{ host }}' }
  steps:
    - { id: look, action: toy.look, with: { on: '{{ host }}' }, publish: { seen: '{{ out }}' } }
    - { id: tag, action: toy.tag, with: { on: '{{ host }}', text: '{{ label }}' } }
    - { id: lock, action: toy.lock, foreach: '{{ others }}', as: other, with: { on: '{{ other }}' } }
  finally:
    - { id: tell, action: toy.tell, with: { on: team, text: '{{ outcome }} {{ seen }}' } }
`;

test('a plan shows all steps, pinned, but those that tell what the others did', async () => {
	const { action, world } = aPlaybook(contain);
	const plan = await planned(action, { host: 'web12' }, world);
	assert.deepEqual(
		plan.steps.map(({ says }) => says),
		[
			'look: toy.look web12',
			'tag: toy.tag web12',
			'lock[0]: toy.lock a',
			'lock[1]: toy.lock b',
			'tell: toy.tell, with what the steps before it give',
		],
	);
	assert.deepEqual(
		plan.parts?.map(({ id, plan: part }) => [id, part?.action]),
		[
			['look', 'toy.look'],
			['tag', 'toy.tag'],
			['lock[0]', 'toy.lock'],
			['lock[1]', 'toy.lock'],
			['tell', undefined],
		],
	);
	assert.deepEqual(plan.parts?.[1]?.plan?.params, { on: 'web12', text: 'bad web12' });
	assert.deepEqual(
		plan.targets.map(({ name, pins }) => `${name} ${pins['run']}`),
		['web12 R-0097-2', 'a R-0097-3', 'b R-0097-4'],
	);
	assert.equal(plan.tier, 2);
	assert.ok(planIn(plan), 'it is a plan as the store reads it');
});

test('its way back is that of its steps, the last first', async () => {
	const { action, world } = aPlaybook(contain);
	const { undo } = await planned(action, { host: 'web12' }, world);
	assert.equal(
		'says' in undo && undo.says,
		'lock[1]: toy.unlock b; lock[0]: toy.unlock a; tag: toy.untag web12',
	);
	assert.equal('action' in undo && undo.action, action.inverse);
});

test('the same plan comes of the same world, and of its own parameters', async () => {
	const { action, world } = aPlaybook(contain);
	const plan = await planned(action, { host: 'web12' }, world);
	assert.equal(canonicalJson(await planned(action, plan.params, world)), canonicalJson(plan));
});

test('what was done before is left out', async () => {
	const { action, world } = aPlaybook(contain);
	const plan = await planned(
		action,
		{ host: 'web12', done: { look: { seen: 'x' }, tag: {} } },
		world,
	);
	assert.deepEqual(
		plan.parts?.map(({ id }) => id),
		['lock[0]', 'lock[1]', 'tell'],
	);
	assert.deepEqual(plan.notes, ['done before: look, tag']);
});

test('a step whose condition does not hold is left out, and the plan says so', async () => {
	const { action, world } = aPlaybook(`
- name: maybe
  input: [{ name: deep, type: boolean, default: false }]
  steps:
    - { id: tag, action: toy.tag, with: { on: x } }
    - { id: wipe, action: toy.wipe, when: '{{ deep }}', with: { on: x } }`);
	const shallow = await planned(action, {}, world);
	assert.deepEqual(shallow.notes, ['wipe is left out: its condition does not hold']);
	assert.equal(shallow.tier, 3, 'a playbook is as dangerous as its worst step');
	assert.equal((await planned(action, { deep: true }, world)).parts?.length, 2);
});

test('a step that cannot be planned refuses the whole, by its name', async () => {
	const { action, world } = aPlaybook(contain);
	await assert.rejects(
		planned(action, { host: 'nowhere' }, world),
		/Refusal: look: nowhere is not there/,
	);
});

test('inputs are checked', async () => {
	const { action } = aPlaybook(contain);
	assert.throws(() => action.parse({}), /contain: host is missing/);
	assert.throws(() => action.parse({ hots: 'x' }), /takes no hots: did you mean host/);
	assert.throws(() => action.parse({ host: 5 }), /host is no string/);
	assert.throws(() => action.parse({ host: 'x', others: 'a' }), /others is no list/);
	assert.deepEqual({ ...Object(action.target('web12')) }, { host: 'web12' });
});

test('it is offered for an event that tells what it needs', () => {
	const { action } = aPlaybook(contain);
	const facts = { who: 'x', summary: '', ids: [] };
	assert.equal(action.fits(facts, undefined), undefined);
	assert.deepEqual(action.fits({ ...facts, host: 'web12' }, undefined), { host: 'web12' });
});

test('a tier that the configuration asks for is no lower because parameters would make it so', async () => {
	const { find, tools } = toyWorld();
	const toy = find('toy.tag');
	assert.ok(toy);
	const action = { ...toy.action, tier: 3 as const, tierFor: () => 2 as const };
	const tierOf = async (raised: 0 | 3) => {
		const entry = { ...toy, action, tier: 3, raised } as const;
		const params = { on: 'web12', text: 'bad' };
		return (await planEntry(entry, 'toy.tag', params, tools, never)).tier;
	};
	assert.deepEqual([await tierOf(0), await tierOf(3)], [2, 3]);
});
