import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cause } from '../../src/core/cause.ts';
import type { Decoded } from '../../src/core/criterion.ts';
import type { RuleBook } from '../../src/core/rule.ts';
import { compileFilter } from '../../src/filter/compile.ts';
import { json } from '../../src/formats/json.ts';
import { aWorld, noTools, painting } from '../support/a-deed.ts';
import { aDesk, turns, wanting } from '../support/a-desk.ts';
import { anEngine, letters } from '../support/an-engine.ts';
import { fakeClock } from '../support/fake-clock.ts';

test('what a run fires bears its mark, and a chain of runs ends at the third', async () => {
	const clock = fakeClock();
	const console = anEngine(undefined, clock, [json]);
	const world = aWorld('door');
	const causes: (Cause | undefined)[] = [];
	const tools = (run: string, operator: string) => ({
		...noTools(clock)(run, operator),
		fire: async (_source: string, { tag, data }: { tag: string; data: unknown }) => {
			console.sink.event(Buffer.from(tag), Buffer.from(JSON.stringify(data)));
			return { confirmed: true, says: 'sent' };
		},
	});
	const trigger = painting(world, {
		tier: 1,
		during: async (_plan, { fire }, stop) => {
			await fire('bus', { tag: 'again', data: { about: 'door' } }, {}, stop);
		},
	});
	const rules: RuleBook = {
		...wanting(),
		filter: compileFilter('tag:again', 0),
		consider(seq, event) {
			causes.push(desk.respond.causes.of(event));
			const [wish] = wanting({ use: 'notify', key: `row ${seq}` }).consider(seq, event, 0).wishes;
			return { wishes: wish ? [{ ...wish, params: { thing: 'door' } }] : [], troubles: [] };
		},
	};
	const { desk, notices } = await aDesk({
		clock,
		console,
		world,
		rules,
		tools,
		actions: [trigger],
	});
	console.sink.event(Buffer.from('again'), Buffer.from('{"about":"door"}'));
	for (let round = 0; round < 8; round++) await turns(console);
	assert.deepEqual(causes, [
		undefined,
		{ run: 'R-0001', depth: 1 },
		{ run: 'R-0002', depth: 2 },
		{ run: 'R-0003', depth: 3 },
	]);
	assert.equal(world.started.length, 3);
	const told = console.sent.flatMap((message) =>
		message.type === 'notice' ? [message.text] : notices,
	);
	assert.ok(
		told.some((text) => text.includes('R-0003 caused it, the last of 3 runs in a row')),
		told.join(),
	);
});

test('a mark that is forged, or copied onto another event, proves nothing', async () => {
	const world = aWorld('door');
	const { respond, ask } = await aDesk({ world });
	const { plan } = await ask('door');
	const fired: { tag: string; data: unknown }[] = [];
	const tools = respond.causes.marking(
		{
			...noTools(respond.setup.clock)(plan.run, 'olga'),
			fire: async (_source, event) => {
				fired.push(event);
				return { confirmed: true, says: '' };
			},
		},
		plan.run,
	);
	await tools.fire('bus', { tag: 'ops/x', data: { host: 'web12' } }, {}, respond.stopped);
	const [{ tag, data } = { tag: '', data: {} }] = fired;
	const record = Object(data);
	assert.deepEqual(respond.causes.of(anEvent(tag, record)), { run: plan.run, depth: 1 });
	assert.deepEqual(respond.causes.of(anEvent(tag, { ...record, _stamp: '03:07' }))?.run, plan.run);
	assert.equal(respond.causes.of(anEvent(tag, { data: record, id: 'web12' }))?.run, plan.run);
	for (const forged of [
		anEvent('ops/y', record),
		anEvent(tag, { ...record, host: 'db1' }),
		anEvent(tag, { eventctl: { run: plan.run, depth: 1, signature: 'f'.repeat(32) } }),
		anEvent(tag, { eventctl: { run: 'R-9999', depth: 1, signature: '' } }),
		anEvent(tag, { eventctl: true }),
		anEvent(tag, null),
	]) {
		assert.equal(respond.causes.of(forged), undefined);
	}
});

function anEvent(tag: string, data: unknown): Decoded {
	return {
		kind: 'event',
		source: 'bus',
		format: 'json',
		severity: 5,
		time: 0n,
		tag,
		isTransportTag: true,
		body: Buffer.alloc(0),
		data,
		fields: undefined,
		facts: letters.facts(tag, ''),
	};
}
