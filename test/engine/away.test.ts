import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redactor } from '../../src/core/redact.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { aWorld, painting } from '../support/a-deed.ts';
import { aRespond } from '../support/a-respond.ts';
import { ivan } from '../support/an-approval.ts';

test('a screen that is left lets its run end, and the next start tells who approved it, once', async () => {
	const world = aWorld('door');
	const gate = Promise.withResolvers<void>();
	const actions = [painting(world, { during: () => gate.promise })];
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store, actions });
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.bell.until('it paints', () => one.respond.executor.states[0]?.step === 1);
	const said: string[] = [];
	one.respond.tellEnds((text) => said.push(text));
	const left = one.respond.stop();
	one.clock.advance(98_000);
	gate.resolve();
	await left;
	assert.deepEqual(said, [
		'R-0001 goes on and is written down; eventctl runs attach R-0001 follows it',
		'R-0001 toy.paint door: ok, 98 s',
	]);

	const other = await aRespond(world, { store, actions, operator: ivan });
	assert.deepEqual(other.notices, []);
	const again = await aRespond(world, { store, actions });
	assert.deepEqual(again.notices, ['R-0001 toy.paint door: ok, 98 s, while you were away']);
	const later = await aRespond(world, { store, actions });
	assert.deepEqual(later.notices, []);
});

test('where the engine ends nothing new is begun', async () => {
	const world = aWorld('door');
	const one = await aRespond(world);
	const asked = await one.ask('door');
	await one.respond.stop();
	await assert.rejects(one.yes(asked), /the engine is ending/);
	assert.deepEqual(world.started, []);
});
