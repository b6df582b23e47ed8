import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWorld, painting } from '../support/a-deed.ts';
import { aDesk, say, turns, wanting } from '../support/a-desk.ts';

const hourMs = 3_600_000;

/** A desk whose rule wants every event's thing painted, and a silence over the door. */
async function silenced(options: Parameters<typeof aDesk>[0] = {}) {
	const one = await aDesk({ rules: wanting(), ...options });
	const untilMs = one.clock.now() + hourMs;
	await say(one.console, { type: 'silenced', id: 1, filter: 'door', untilMs });
	const arrive = async (body: string) => {
		one.console.sink.event(Buffer.from('t'), Buffer.from(body));
		await turns(one.console);
	};
	const suggested = () => one.respond.audit.approvals.map(({ plan }) => plan.targets[0]?.name);
	return { ...one, arrive, suggested };
}

test('what is silenced becomes no suggestion, what is not does', async () => {
	const { arrive, suggested } = await silenced();
	await arrive('wdoor');
	await arrive('wwall');
	assert.deepEqual(suggested(), ['wall']);
});

test('what is silenced is told to nobody', async () => {
	const world = aWorld('door', 'wall');
	const actions = [painting(world, { tier: 1 })];
	const { arrive, becomes } = await silenced({ actions, world, rules: wanting({ use: 'notify' }) });
	await arrive('wdoor');
	await arrive('wwall');
	await becomes('A-0001', 'ok');
	assert.deepEqual(world.started, ['R-0001']);
	assert.equal(world.things.get('door')?.colour, 'grey');
});

test('a silence that is over, or taken back, keeps nothing any more and tells what it kept', async () => {
	for (const end of ['time', 'hand'] as const) {
		const { arrive, suggested, clock, console, store, respond } = await silenced();
		await arrive('wdoor');
		await arrive('wdoor');
		if (end === 'time') clock.advance(hourMs);
		else await say(console, { type: 'taken-back', record: 'S-0001' });
		clock.advance(1000);
		await arrive('wdoor');
		assert.deepEqual(suggested(), ['door']);
		const says = 'silence S-0001 is over: it kept 2 events from the rules (door)';
		await console.heard('notice', ({ text }) => text === says);
		assert.deepEqual((await store.last('E-0001'))?.detail, { silence: 'S-0001', kept: 2 });
		assert.equal(respond.marks.all.length, 0);
	}
});

test('W says of a silenced event who keeps it from the rules', async () => {
	const told = { rule: 'paint-it', because: 'would fire now', criteria: [] };
	const held = { ...told, verdict: 'held back' } as const;
	const rules = { ...wanting(), explain: () => [held] };
	const { arrive, console } = await silenced({ rules });
	await arrive('wdoor');
	await say(console, { type: 'explain.wanted', id: 1, seq: 1 });
	const { rules: explained } = await console.heard('explained');
	assert.equal(
		explained[0]?.because,
		'would have fired, but olga silenced it until 10:30:00 UTC: door',
	);
});
