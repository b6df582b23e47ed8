import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redactor } from '../../src/core/redact.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { aWorld, painting } from '../support/a-deed.ts';
import { type ARespond, aRespond, type RespondOptions } from '../support/a-respond.ts';
import { ivan, olga } from '../support/an-approval.ts';

const hourMs = 3_600_000;
const policy = { containmentMs: hourMs };

/** A door that was contained at 09:30 and is asked about an hour later. */
async function contained(options: RespondOptions = {}) {
	const world = aWorld('door');
	const painted = painting(world, { contains: true, inverse: 'toy.wash' });
	const actions = [painted, painting(world, { kind: 'toy.wash' })];
	const store = new MemoryStore(new Redactor());
	const given = { actions, store, policy, ...options };
	const one = await aRespond(world, given);
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.becomes(asked.id, 'ok');
	return { world, one, asked, given };
}

/** What is open about the door, after time went by. */
async function openAfter({ clock, respond }: ARespond, ms: number) {
	for (const wait of [ms - 1000, 1000, 1000]) {
		clock.advance(wait);
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
	}
	return respond.audit.approvals.filter(({ stage }) => stage.kind === 'proposed');
}

test('what stands contained is asked about when its time is over, and nothing is lifted by itself', async () => {
	const { one, asked, world } = await contained();
	assert.equal(asked.plan.asksAfterMs, hourMs);
	assert.deepEqual(await openAfter(one, hourMs - 5000), []);
	const [question] = await openAfter(one, 5000);
	assert.equal(question?.undoes, asked.id);
	assert.match(
		question?.why ?? '',
		/^R-0001 toy\.paint door stands since .*: is it still needed\?$/,
	);
	assert.match(one.notices.at(-1) ?? '', /still needed\? A-0002 takes it back$/);
	assert.equal(world.things.get('door')?.colour, 'red');
	if (question) await one.yes(question);
	await one.becomes('A-0002', 'ok');
	assert.equal(world.things.get('door')?.colour, 'grey');
	// The way back contains nothing that anybody would ask about.
	assert.deepEqual(await openAfter(one, 3 * hourMs), []);
});

test('whoever says no, or nothing, is asked again after the same time', async () => {
	const { one } = await contained();
	const [first] = await openAfter(one, hourMs);
	await one.respond.answers.reject(first?.id ?? '', 'still at it', olga);
	assert.deepEqual(await openAfter(one, hourMs - 5000), []);
	const [second] = await openAfter(one, 5000);
	assert.equal(second?.id, 'A-0003');
	const [third] = await openAfter(one, hourMs + 2000);
	assert.equal(third?.id, 'A-0004');
});

test('a closed terminal loses no question, and of two consoles one asks', async () => {
	const { one, given, world } = await contained();
	one.clock.advance(100);
	const { clock } = one;
	const two = await aRespond(world, { ...given, clock, operator: ivan, executor: 'two' });
	const open = await openAfter(two, hourMs);
	assert.deepEqual(
		open.map(({ id }) => id),
		['A-0002'],
	);
	const later = await aRespond(world, { ...given, clock, executor: 'three' });
	assert.deepEqual(
		(await openAfter(later, hourMs + 2000)).map(({ id }) => id),
		['A-0003'],
	);
});

test('what was taken back is not asked about, and a hand takes the place of the question', async () => {
	const { one, asked } = await contained();
	const [question] = await openAfter(one, hourMs);
	const back = await one.respond.deeds.undo(asked.id, olga, one.respond.stopped);
	await one.becomes(question?.id ?? '', 'superseded');
	await one.yes(back);
	await one.becomes(back.id, 'ok');
	assert.deepEqual(await openAfter(one, 2 * hourMs), []);
});

test('a console that only reads asks nothing', async () => {
	const { given, world } = await contained();
	const { clock } = await aRespond(world, { ...given, policy: { ...policy, isReadOnly: true } });
	clock.advance(2 * hourMs);
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
	assert.equal(await given.store.last('A-0002'), undefined);
});
