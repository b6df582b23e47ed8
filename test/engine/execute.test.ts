import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Doubt } from '../../src/core/action.ts';
import { Failure } from '../../src/core/errors.ts';
import { Redactor } from '../../src/core/redact.ts';
import type { Failpoint } from '../../src/engine/failpoint.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { aWorld, painting } from '../support/a-deed.ts';
import { aRespond } from '../support/a-respond.ts';
import { ivan, olga } from '../support/an-approval.ts';

test('a yes runs the plan, and every step of it is written down', async () => {
	const world = aWorld('door');
	const one = await aRespond(world);
	const asked = await one.ask('door');
	assert.equal(asked.plan.run, `R-${asked.id.slice(2)}`);
	assert.equal(asked.plan.command, 'eventctl run toy.paint door --yes');
	await one.yes(asked);
	const { stage } = await one.becomes(asked.id, 'ok');
	assert.equal(world.things.get('door')?.colour, 'red');
	assert.deepEqual('by' in stage && stage.by, [olga]);
	const kinds = (await one.steps(asked.id)).map(({ kind }) => kind);
	assert.deepEqual(kinds, ['propose', 'approve', 'claim', 'intend', 'undo-known', 'end']);
	assert.equal((await one.store.outputs.read(asked.plan.run))[0]?.text, 'mixing');
});

test('the undo brings back what was stored before the effect, and is an approval of its own', async () => {
	const world = aWorld('door');
	const one = await aRespond(world);
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.becomes(asked.id, 'ok');
	const back = await one.respond.deeds.undo(asked.id, olga, one.respond.stopped);
	assert.equal(back.undoes, asked.id);
	await one.yes(back);
	await one.becomes(back.id, 'ok');
	assert.equal(world.things.get('door')?.colour, 'grey');
	await assert.rejects(
		one.respond.deeds.undo(asked.id, olga, one.respond.stopped),
		/is being undone by A-0002 already/,
	);
});

test('of two consoles that approve at once one runs, and the other is told who won', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store });
	const two = await aRespond(world, { store, clock: one.clock, operator: ivan, executor: 'two' });
	const asked = await one.ask('door');
	await two.becomes(asked.id, 'proposed');
	await two.bell.until('it is heard of', () => two.respond.audit.get(asked.id) !== undefined);
	const answers = await Promise.allSettled([one.yes(asked), two.yes(asked)]);
	const lost = answers.filter((answer) => answer.status === 'rejected');
	assert.equal(lost.length, 1);
	assert.match(String(lost[0]?.reason), /A-0001 cannot be approved: it is .*(olga|ivan)/);
	await one.becomes(asked.id, 'ok');
	assert.deepEqual(world.started, ['R-0001']);
});

test('a plan whose target was replaced is refused, and the new thing is left alone', async () => {
	const world = aWorld('door');
	const one = await aRespond(world);
	const asked = await one.ask('door');
	world.things.set('door', { uid: 'door-2', colour: 'blue' });
	await one.yes(asked);
	const { stage } = await one.becomes(asked.id, 'refused');
	assert.match('reason' in stage ? (stage.reason ?? '') : '', /target changed: uid is now door-2/);
	assert.equal(world.things.get('door')?.colour, 'blue');
});

test('who carries it out goes by a policy of its own, which may be stricter by now', async () => {
	const stricter = [
		[{ policy: { protected: [{ target: 'door' }] } }, /target door is protected by now/],
		[{ tiers: { 'toy.paint': 3 } }, /toy\.paint is T3 by now/],
		[{ policy: { isReadOnly: true } }, /read-only: toy\.paint is T2/],
	] as const;
	for (const [options, why] of stricter) {
		const world = aWorld('door');
		const one = await aRespond(world);
		const { id, contentHash } = await one.ask('door');
		await one.respond.answers.approve(id, { contentHash }, olga);
		const { store, clock } = one;
		const two = await aRespond(world, { store, clock, executor: 'two', ...options });
		await two.respond.executor.execute(id);
		const { stage } = await two.becomes(id, 'refused');
		assert.match('reason' in stage ? (stage.reason ?? '') : '', why);
		assert.deepEqual(world.started, []);
	}
});

test('a plan that is not the one its hash was made of does not run', async () => {
	const world = aWorld('door', 'wall');
	const store = new MemoryStore(new Redactor());
	const { id, plan, contentHash } = await (await aRespond(world)).ask('door');
	const detail = {
		plan: { ...plan, params: { ...plan.params, thing: 'wall' } },
		origin: 'operator',
	};
	const propose = { id, rev: 1, at: plan.notAfter, kind: 'propose', actor: olga } as const;
	await store.append({ ...propose, contentHash, detail }, { id, rev: 0 });
	const one = await aRespond(world, { store });
	await one.respond.approve(id, { contentHash });
	const { stage } = await one.becomes(id, 'refused');
	assert.match(JSON.stringify(stage), /its plan is not the one that was approved/);
	assert.deepEqual(world.started, []);
});

test('what is under way is not planned beside itself', async () => {
	const world = aWorld('door', 'wall');
	const gate = Promise.withResolvers<void>();
	const actions = [painting(world, { during: () => gate.promise })];
	const one = await aRespond(world, { actions });
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.becomes(asked.id, 'running');
	await assert.rejects(one.ask('door'), /R-0001 is at it already: eventctl runs attach R-0001/);
	assert.equal((await one.ask('wall')).stage.kind, 'proposed');
	gate.resolve();
	await one.becomes(asked.id, 'ok');
	assert.equal((await one.ask('door')).stage.kind, 'proposed');
});

test('what expired cannot be approved', async () => {
	const one = await aRespond(aWorld('door'));
	const asked = await one.ask('door');
	one.clock.advance(5 * 60_000);
	await one.becomes(asked.id, 'expired');
	await assert.rejects(one.yes(asked), /A-0001 cannot be approved: it is expired/);
});

test('a T3 takes the name and a reason, another hash takes nothing', async () => {
	const world = aWorld('door');
	const one = await aRespond(world, { actions: [painting(world, { tier: 3 })] });
	const { id, contentHash } = await one.ask('door');
	const { respond } = one;
	await assert.rejects(respond.approve(id, { contentHash }), /takes the name door/);
	const named = { contentHash, typedName: 'door' };
	await assert.rejects(respond.approve(id, { ...named, reason: ' ' }), /takes a reason/);
	await assert.rejects(
		respond.approve(id, { ...named, contentHash: 'f'.repeat(64), reason: 'x' }),
		/another plan by now/,
	);
	await respond.approve(id, { ...named, reason: 'x' });
	await one.becomes(id, 'ok');
});

test('a T4 waits for a second person', async () => {
	const world = aWorld('door');
	const one = await aRespond(world, { actions: [painting(world, { tier: 4 })] });
	const asked = await one.ask('door');
	const after = await one.yes(asked);
	assert.equal(after.stage.kind, 'proposed');
	await assert.rejects(one.yes(asked), /has your yes: it waits for a second person/);
	await one.yes(asked, ivan);
	await one.becomes(asked.id, 'ok');
});

test('where the intent cannot be written nothing runs, and it is said', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store });
	const asked = await one.ask('door');
	const append = store.append.bind(store);
	store.append = async (step, expect) => {
		if (step.kind === 'intend') throw new Failure('denied', 'the disk is full');
		return append(step, expect);
	};
	await one.yes(asked);
	await one.bell.until('it is said', () => one.notices.length > 0);
	assert.match(one.notices[0] ?? '', /A-0001: the disk is full/);
	assert.deepEqual(world.started, []);
	assert.match(one.respond.banner ?? '', /cannot be written: the disk is full/);
});

test('a way back that cannot be written down ends the run before its effect', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store });
	const asked = await one.ask('door');
	const append = store.append.bind(store);
	store.append = async (step, expect) => {
		if (step.kind === 'undo-known') throw new Failure('denied', 'the disk is full');
		return append(step, expect);
	};
	await one.yes(asked);
	await one.becomes(asked.id, 'failed');
	assert.deepEqual(world.started, []);
});

test('nobody can tell: that is unknown, until a person says what he found', async () => {
	const world = aWorld('door');
	const during = () => Promise.reject(new Doubt('the answer never came'));
	const one = await aRespond(world, { actions: [painting(world, { during })] });
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.becomes(asked.id, 'unknown');
	await assert.rejects(one.respond.answers.settle(asked.id, ' ', olga), /say what you found/);
	await one.respond.answers.settle(asked.id, 'it is grey', olga);
	await one.becomes(asked.id, 'settled');
});

test('the kill switch holds for every console, and is lifted for all', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store });
	const two = await aRespond(world, { store, clock: one.clock, executor: 'two' });
	const asked = await one.ask('door');
	await two.respond.killSwitch.pull(ivan, 'drill');
	await one.bell.until('it is told', () => one.respond.banner !== undefined);
	await assert.rejects(one.yes(asked), /ivan stopped everything/);
	await one.respond.killSwitch.lift(olga, '');
	await one.yes(asked);
	await one.becomes(asked.id, 'ok');
});

test('read-only runs nothing above T0, whoever asks', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const one = await aRespond(world, { store });
	const looking = await aRespond(world, { store, policy: { isReadOnly: true }, executor: 'two' });
	const asked = await one.ask('door');
	await assert.rejects(looking.yes(asked), /read-only: A-0001 is T2/);
	await assert.rejects(looking.ask('door'), /read-only: toy\.paint is T2/);
});

test('a run stops after its step, or is killed, from any console', async () => {
	const world = aWorld('door', 'wall');
	async function during(_plan: unknown, _tools: unknown, stop: AbortSignal): Promise<void> {
		await new Promise((resolve) => stop.addEventListener('abort', resolve));
		throw new Error('interrupted');
	}
	const one = await aRespond(world, { actions: [painting(world, { during })] });
	const asked = await one.ask('door');
	await one.yes(asked);
	await one.bell.until('step 2', () => one.respond.executor.states[0]?.states[1] === 'running');
	await one.respond.order(asked.id, 'kill', ivan);
	const { stage } = await one.becomes(asked.id, 'failed');
	assert.equal('reason' in stage && stage.reason, 'killed by ivan');
	assert.deepEqual(world.started, []);
});

const noEffect: readonly Failpoint[] = [
	'before claim',
	'after claim',
	'after precheck',
	'after reserve',
	'before intend',
];

for (const at of noEffect) {
	test(`a process that dies ${at} has begun nothing, and another one does it once`, async () => {
		const world = aWorld('door');
		const store = new MemoryStore(new Redactor());
		const dying = await aRespond(world, { store, failpoint: diesAt(at) });
		const asked = await dying.ask('door');
		await dying.yes(asked);
		const { clock } = dying;
		const next = await aRespond(world, { store, clock, executor: 'two', isGone: isOne });
		for (let second = 0; second < 70; second++) await passes(clock);
		await next.becomes(asked.id, 'ok');
		assert.deepEqual(world.started, ['R-0001']);
	});
}

for (const at of ['after intend', 'after undo', 'before end'] as const) {
	test(`a process that dies ${at} leaves an unknown, and nothing is done twice`, async () => {
		const world = aWorld('door');
		const store = new MemoryStore(new Redactor());
		const dying = await aRespond(world, { store, failpoint: diesAt(at) });
		const asked = await dying.ask('door');
		await dying.yes(asked);
		await dying.becomes(asked.id, 'running');
		const { clock } = dying;
		const next = await aRespond(world, { store, clock, executor: 'two', isGone: isOne });
		const { stage } = await next.becomes(asked.id, 'unknown');
		const reason = 'reason' in stage ? (stage.reason ?? '') : '';
		assert.match(reason, /^begun .* by one, which is heard of no more; now: its target is as/);
		for (let second = 0; second < 70; second++) await passes(clock);
		assert.ok(world.started.length <= 1);
		assert.equal(next.respond.audit.get(asked.id)?.stage.kind, 'unknown');
	});
}

test('a run whose process says nothing for a lease is unknown, though nobody saw it die', async () => {
	const world = aWorld('door');
	const store = new MemoryStore(new Redactor());
	const dying = await aRespond(world, { store, failpoint: diesAt('after intend') });
	const asked = await dying.ask('door');
	await dying.yes(asked);
	await dying.becomes(asked.id, 'running');
	const next = await aRespond(world, { store, executor: 'two' });
	assert.equal(next.respond.audit.get(asked.id)?.stage.kind, 'running');
	for (let second = 0; second < 31; second++) await passes(next.clock);
	await next.becomes(asked.id, 'unknown');
});

const isOne = (executor: string) => executor === 'one';

/** Hangs for ever where the process would have died: nothing of it is heard of any more. */
function diesAt(wanted: Failpoint): (at: Failpoint) => Promise<void> | undefined {
	return (at) => (at === wanted ? new Promise(() => {}) : undefined);
}

/** A second, and all that it sets off. */
async function passes(clock: { advance(ms: number): void }): Promise<void> {
	clock.advance(1000);
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
