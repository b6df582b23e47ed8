import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redactor } from '../../src/core/redact.ts';
import { type Failpoint, failpoints } from '../../src/engine/failpoint.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { aWorld, painting } from '../support/a-deed.ts';
import { aRespond } from '../support/a-respond.ts';
import { ivan, olga } from '../support/an-approval.ts';
import { random } from '../support/random.ts';

test('a target that is replaced at any moment of the race is never hit', async () => {
	const { pick } = random(16);
	for (let race = 0; race < 50; race++) {
		const world = aWorld('door');
		const replaced = () => void world.things.set('door', { uid: 'door-2', colour: 'new' });
		const when = pick(failpoints);
		const at = (reached: Failpoint) => (reached === when ? replaced() : undefined);
		const during = async () => at('during run');
		const actions = [painting(world, { during })];
		const one = await aRespond(world, { actions, failpoint: at });
		const asked = await one.ask('door');
		await one.yes(asked);
		await one.respond.executor.idle();
		const isDone = when === 'before end' || when === 'after end';
		assert.equal(world.started.length, isDone ? 1 : 0, when);
		assert.equal(world.things.get('door')?.colour, 'new', when);
		const stage = one.respond.audit.get(asked.id)?.stage.kind;
		assert.equal(stage, isDone ? 'ok' : 'refused', when);
	}
});

test('the blast limit holds for all consoles together, whoever approves what when', async () => {
	const { below } = random(17);
	for (let scenario = 0; scenario < 200; scenario++) {
		const names = Array.from({ length: 2 + below(6) }, (_, at) => `thing${at}`);
		const world = aWorld(...names);
		const store = new MemoryStore(new Redactor());
		const blast = { targets: 1 + below(4), withinMs: 60_000 };
		const policy = { blast };
		const one = await aRespond(world, { store, policy });
		const two = await aRespond(world, {
			store,
			policy,
			clock: one.clock,
			operator: ivan,
			executor: 'two',
		});
		const asked = await Promise.all(names.map((name) => one.ask(name)));
		await Promise.allSettled(
			asked.map((approval) => (below(2) === 0 ? one.yes(approval, olga) : two.yes(approval, ivan))),
		);
		await Promise.all([one.respond.executor.idle(), two.respond.executor.idle()]);
		assert.equal(world.started.length, Math.min(blast.targets, names.length));
		await Promise.all([one.respond.stop(), two.respond.stop()]);
	}
});
