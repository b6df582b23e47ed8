import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToEngine } from '../../src/core/session.ts';
import { leaseMs } from '../../src/core/stage.ts';
import { aWorld } from '../support/a-deed.ts';
import { aDesk, say, turns } from '../support/a-desk.ts';
import { aRespond } from '../support/a-respond.ts';

/** A console that only reads, over the store of one that may act; `asked` is open there. */
async function onlooker() {
	const world = aWorld('door', 'wall');
	const actor = await aRespond(world, { executor: 'actor' });
	const asked = await actor.ask('door');
	const { store } = actor;
	const policy = { isReadOnly: true };
	const desk = await aDesk({ world, store, policy, executor: 'onlooker' });
	const length = async () => {
		let records = 0;
		for await (const _ of store.list({})) records += 1;
		return records;
	};
	return { ...desk, actor, asked, length };
}

test('a console that only reads changes nothing in the store, whatever it sends', async () => {
	const { console, asked, length } = await onlooker();
	const { id: approval, contentHash } = asked;
	const untilMs = console.clock.now() + 60_000;
	const messages: readonly ToEngine[] = [
		{ type: 'approved', approval, contentHash },
		{ type: 'rejected', approval, reason: 'no' },
		{ type: 'snoozed', approval, untilMs },
		{ type: 'settled', approval, note: 'it is fine' },
		{ type: 'run.stopped', approval, isWanted: true },
		{ type: 'run.killed', approval },
		{ type: 'acknowledged', id: 1, seqs: [1] },
		{ type: 'noted', id: 2, seqs: [1], text: 'hm' },
		{ type: 'silenced', id: 3, filter: 'door', untilMs },
		{ type: 'taken-back', record: 'N-0001' },
	];
	const before = await length();
	for (const [at, message] of messages.entries()) {
		await say(console, message);
		const told = console.sent.filter(({ type }) => type === 'notice');
		assert.equal(told.length, at + 1, `${message.type} is refused`);
		assert.match(JSON.stringify(told.at(-1)), /read-only: .* is T[12]/);
	}
	assert.equal(await length(), before);
});

test('a console that only reads takes nothing up that another left approved', async () => {
	const { console, actor, asked, length } = await onlooker();
	const yes = { contentHash: asked.contentHash };
	await actor.respond.answers.approve(asked.id, yes, actor.respond.setup.operator);
	const before = await length();
	for (const wait of [1000, leaseMs, 1000]) {
		console.clock.advance(wait);
		await turns(console);
	}
	assert.equal(await length(), before);
});
