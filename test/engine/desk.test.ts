import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWorld, painting } from '../support/a-deed.ts';
import { aDesk, say, suggesting, turns, wanting } from '../support/a-desk.ts';

test('a console that asks for a deed is shown the plan, and runs it by its hash', async () => {
	const { console, world } = await aDesk();
	await say(console, { type: 'deed.asked', id: 7, action: 'toy.paint', target: 'door' });
	const { approval } = await console.heard('deed.answered');
	const told = await console.heard('approvals', ({ list }) => list.length === 1);
	const [shown] = told.list;
	assert.equal(shown?.id, approval);
	assert.equal(told.you.name, 'olga');
	const { contentHash = '' } = shown ?? {};
	await say(console, { type: 'approved', approval: approval ?? '', contentHash });
	await console.heard('approvals', ({ list }) => list[0]?.stage.kind === 'ok');
	assert.equal(world.things.get('door')?.colour, 'red');
	await say(console, { type: 'output.wanted', approval: approval ?? '' });
	const { lines } = await console.heard('output');
	assert.equal(lines[0]?.text, 'mixing');
});

test('what cannot be planned is answered with the reason', async () => {
	const { console } = await aDesk();
	await say(console, { type: 'deed.asked', id: 1, action: 'toy.paint', target: 'roof' });
	assert.equal((await console.heard('deed.answered')).refused, 'there is no roof');
	await say(console, { type: 'deed.asked', id: 2, action: 'toy.pant', target: 'door' });
	const { refused } = await console.heard('deed.answered', ({ id }) => id === 2);
	assert.match(refused ?? '', /no action is called toy\.pant: did you mean toy\.paint\?/);
});

test('the loser of a race is told in a notice', async () => {
	const { console, ask, yes } = await aDesk();
	const asked = await ask('door');
	await yes(asked);
	await say(console, { type: 'approved', approval: asked.id, contentHash: asked.contentHash });
	const { text } = await console.heard('notice');
	assert.match(
		text,
		/A-0001 cannot be approved: it is (ok|running|claimed|approved), approved by olga/,
	);
});

test('an event a rule wants becomes a suggestion that bears its row, once while it is open', async () => {
	const { console, bell, respond } = await aDesk({ rules: wanting() });
	for (const _ of [1, 2, 3]) console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await bell.until('it is suggested', () => respond.audit.get('A-0001') !== undefined);
	await turns(console);
	const told = await console.heard('approvals', ({ bySeq }) => bySeq.length > 0);
	assert.deepEqual(told.bySeq, [[1, 'A-0001']]);
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await turns(console);
	console.clock.advance(6000);
	await turns(console);
	await console.heard('approvals', ({ list }) => list[0]?.repeats === 3);
	assert.equal(respond.audit.approvals.length, 1);
});

test('what a rule wanted and cannot have is a notice and a record', async () => {
	const { console, store } = await aDesk({ rules: wanting() });
	console.sink.event(Buffer.from('t'), Buffer.from('wroof'));
	const { text } = await console.heard('notice');
	assert.equal(text, 'paint-it: toy.paint is not suggested: there is no roof');
	await turns(console);
	assert.equal((await store.last('E-0001'))?.detail['refused'], 'there is no roof');
});

test('no rule touches what is protected; an operator needs a second person', async () => {
	const protect = { protected: [{ target: 'door' }] };
	const { console, ask } = await aDesk({ rules: wanting(), policy: protect });
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	const { text } = await console.heard('notice');
	assert.match(text, /target door is protected: no rule touches it/);
	assert.equal((await ask('door')).plan.tier, 4);
	assert.equal((await ask('wall')).plan.tier, 2);
});

test('a message goes by itself, and never above T1', async () => {
	for (const [tier, stage] of [
		[1, 'ok'],
		[2, 'proposed'],
	] as const) {
		const world = aWorld('door');
		const actions = [painting(world, { tier })];
		const { console, becomes } = await aDesk({ rules: wanting({ use: 'notify' }), actions });
		console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
		await turns(console);
		await becomes('A-0001', stage);
		await turns(console);
		assert.equal(world.started.length, tier === 1 ? 1 : 0);
	}
});

test('a rule that suggests too much is held back, and said to be', async () => {
	const rate = { suggestions: 2, withinMs: 60_000 };
	const { console, respond } = await aDesk({ rules: wanting(), policy: { rate } });
	for (const thing of ['door', 'wall', 'door2', 'wall2']) {
		console.sink.event(Buffer.from('t'), Buffer.from(`w${thing}`));
	}
	await console.heard(
		'notice',
		({ text }) => text === 'paint-it is held back: it suggests too much',
	);
	await turns(console);
	assert.equal(respond.audit.approvals.length, 2);
});

test('too much in a minute pauses all rules with a banner, for a minute', async () => {
	const { console, bell, respond } = await aDesk({ rules: wanting(), policy: { breaker: 1 } });
	for (const thing of ['door', 'wall']) {
		console.sink.event(Buffer.from('t'), Buffer.from(`w${thing}`));
	}
	await console.heard('notice', ({ text }) => text.startsWith('rules pause until'));
	await turns(console);
	await console.heard('approvals', ({ banner }) => banner?.startsWith('rules pause') === true);
	const before = respond.audit.approvals.length;
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await turns(console);
	assert.equal(respond.audit.approvals.length, before);
	console.clock.advance(60_000);
	const says = 'rules are at work again: 1 event went by while they paused';
	await console.heard('notice', ({ text }) => text === says);
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await bell.until('it is suggested', () => respond.audit.approvals.length > before);
});

test('a suggestion nobody answers is announced again, and told to whom it escalates, once', async () => {
	const world = aWorld('door');
	const told: string[] = [];
	const message = painting(world, { kind: 'toy.tell', tier: 1 });
	const tell = {
		...message,
		parse: (raw: unknown) => ({ thing: 'door', colour: String(Object(raw).text) }),
		async precheck({ params }: { params: object }) {
			told.push(String(Object(params).colour));
			return undefined;
		},
	};
	const actions = [painting(world), tell];
	const rules = wanting({ escalate: { afterMs: 20_000, to: 'toy.tell' } });
	const { console, bell } = await aDesk({ actions, rules });
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await turns(console);
	for (let second = 0; second < 40; second++) {
		console.clock.advance(1000);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await console.heard('notice', ({ text }) => /A-0001 toy\.paint door still waits/.test(text));
	await bell.until('it is told', () => told.length > 0);
	assert.match(told[0] ?? '', /A-0001 toy\.paint door waits for an answer, \d+ s left/);
	assert.equal(told.length, 1);
});

test('claims, notes and silences are told to every console, and taken back', async () => {
	const { console } = await aDesk();
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await turns(console);
	await say(console, { type: 'noted', id: 1, seqs: [1], text: 'known' });
	const { marks } = await console.heard('marks', (told) => told.marks.length === 1);
	assert.partialDeepStrictEqual(marks[0], { kind: 'note', by: 'olga', text: 'known', seqs: [1] });
	assert.equal(marks[0]?.refs.length, 1);
	await say(console, { type: 'taken-back', record: marks[0]?.record ?? '' });
	await console.heard('marks', (told) => told.marks.length === 0 && told !== undefined);
	const untilMs = console.clock.now() + 10_000;
	await say(console, { type: 'silenced', id: 2, filter: 'host:web12', untilMs });
	await console.heard('marks', (told) => told.marks[0]?.kind === 'silence');
});

test('the menu offers what fits, with the reason where it cannot be had', async () => {
	const { console, respond } = await aDesk();
	console.sink.event(Buffer.from('t'), Buffer.from('wdoor'));
	await turns(console);
	await say(console, { type: 'deeds.wanted', id: 3, seq: 1 });
	assert.deepEqual((await console.heard('deeds')).offers, []);
	await respond.killSwitch.pull(respond.setup.operator, 'drill');
	await turns(console);
	await console.heard('approvals', ({ isStopped }) => isStopped);
});

test('the audit finds records by what they hold, and says whether the chain is whole', async () => {
	const { console, ask, yes, becomes } = await aDesk();
	const asked = await ask('door');
	await yes(asked);
	await becomes(asked.id, 'ok');
	await say(console, { type: 'audit.wanted', id: 9, text: 'DOOR', limit: 1 });
	const { records, verdict } = await console.heard('audit');
	assert.equal(records.length, 1);
	assert.equal(verdict.kind, 'whole');
});

test('firing what nobody can look behind counts as T2', async () => {
	const { console } = await aDesk();
	const fired = { source: 'bus', tag: 'a', data: 'w' } as const;
	await say(console, { type: 'waking.wanted', id: 4, ...fired });
	const { tier, unknown } = await console.heard('waking');
	assert.equal(tier, 2);
	assert.match(unknown ?? '', /cannot be read/);
});

test('what would wake a T3 is not fired by one key, whatever the console knew of it', async () => {
	const world = aWorld('door');
	const actions = [painting(world), painting(world, { kind: 'toy.wipe', tier: 3 })];
	const fired = { type: 'fired', id: 1, source: 'bus', forward: false } as const;
	const events = [{ tag: 'ops/x', data: 'w' }];
	const { console, store } = await aDesk({ actions, rules: suggesting('wipe-it', 'toy.wipe') });
	await say(console, { ...fired, events });
	const { says, failed } = await console.heard('fire.answered');
	assert.equal(failed, true);
	assert.equal(says, 'ops/x would wake T3: it is planned and asked for first');
	assert.equal(console.fired.length, 0);
	assert.equal(await store.last('E-0001'), undefined);
	const mild = await aDesk({ actions, rules: suggesting('paint-it', 'toy.paint') });
	await say(mild.console, { ...fired, events });
	assert.equal(mild.console.fired.length, 1);
});

test('what is fired is written down, and read-only fires nothing', async () => {
	const events = [{ tag: 'ops/x', data: {} }];
	const fired = { type: 'fired', id: 1, source: 'bus', events, forward: false } as const;
	const open = await aDesk();
	await say(open.console, fired);
	assert.equal(open.console.fired.length, 1);
	assert.deepEqual((await open.store.last('E-0001'))?.detail['tags'], ['ops/x']);
	const closed = await aDesk({ policy: { isReadOnly: true } });
	await say(closed.console, fired);
	assert.equal(closed.console.fired.length, 0);
	assert.match((await closed.console.heard('fire.answered')).says, /read-only/);
});

test('where nothing changes nothing is told again', async () => {
	const { console, ask } = await aDesk();
	await ask('door');
	await turns(console);
	const told = () => console.sent.filter(({ type }) => type === 'approvals').length;
	const before = told();
	for (let second = 0; second < 5; second++) {
		console.clock.advance(1000);
		await turns(console);
	}
	assert.equal(told(), before);
});
