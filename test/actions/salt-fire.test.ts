import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saltFire } from '../../src/actions/salt-fire.ts';
import { Doubt } from '../../src/core/action.ts';
import type { Outgoing } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import type { Waking } from '../../src/core/tools.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { someTools } from '../support/some-tools.ts';
import { actionContract } from './contract.ts';

const nothing: Waking = { wakes: [], tier: 1 };

actionContract(saltFire, {
	target: 'ops/deploy/done',
	tools: () => someTools({ wakes: async () => nothing }),
});

test('its card tells what it wakes, and its tier is that of what it wakes', async () => {
	const wakes = [{ says: 'reactor ops/* → /srv/reactor/deploy.sls', tier: 2 }] as const;
	const tools = someTools({ wakes: async () => ({ wakes, tier: 2 }) });
	const plan = await planned(saltFire, { tag: 'ops/done', data: { n: 1 } }, tools);
	assert.equal(plan.tier, 2);
	assert.deepEqual(plan.blast, ['wakes reactor ops/* → /srv/reactor/deploy.sls']);
	assert.equal(plan.steps[0]?.command, 'eventctl fire ops/done n=1 --bus salt');
});

test('where nobody can tell what it wakes it is a T2, and says so', async () => {
	const plan = await planned(saltFire, { tag: 'ops/done' }, someTools());
	assert.equal(plan.tier, 2);
	assert.match(plan.notes?.[0] ?? '', /^nobody can tell/);
});

test('what it wakes is looked at again before it is fired', async () => {
	const never = new AbortController().signal;
	const params = { tag: 'ops/done' };
	const plan = await planned(saltFire, params, someTools({ wakes: async () => nothing }));
	const more = someTools({ wakes: async () => ({ wakes: [], tier: 3 }) });
	const why = await saltFire.precheck(plan, more, never);
	assert.equal(why, 'it would wake more now than the plan says: T3');
});

test('it is done when the bus has confirmed it', async () => {
	const fired: Outgoing[] = [];
	const says = 'seen again on the master bus';
	const tools = someTools({
		wakes: async () => nothing,
		fire: async (_source, event) => {
			fired.push(event);
			return { confirmed: true, says };
		},
	});
	const plan = await planned(saltFire, { tag: 'ops/done', data: { n: 1 } }, tools);
	assert.equal(notesOf(await carriedOut(saltFire, plan, tools)), says);
	assert.deepEqual(fired, [{ tag: 'ops/done', data: { n: 1 } }]);
});

test('where the bus should have confirmed it and did not, nobody knows whether it was heard', async () => {
	const fire = async () => {
		throw new Failure('not-confirmed', 'nothing came back on the master bus within 5 s');
	};
	const tools = someTools({ wakes: async () => nothing, fire });
	const plan = await planned(saltFire, { tag: 'ops/done' }, tools);
	await assert.rejects(carriedOut(saltFire, plan, tools), (thrown) => {
		return thrown instanceof Doubt && /nothing came back/.test(thrown.message);
	});
});

test('a transport that confirms nothing is done when it was sent, and says so', async () => {
	const says = 'sent, not confirmed by the transport';
	const fire = async () => ({ confirmed: false, says });
	const tools = someTools({ wakes: async () => nothing, fire });
	const plan = await planned(saltFire, { tag: 'ops.done', source: 'bus' }, tools);
	assert.equal(notesOf(await carriedOut(saltFire, plan, tools)), says);
});
