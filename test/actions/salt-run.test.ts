import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saltRun } from '../../src/actions/salt-run.ts';
import { Doubt, Refusal } from '../../src/core/action.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import { aSaltMaster, isWell } from '../support/a-salt-master.ts';
import { carriedOut, notesOf, planned } from '../support/done.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { actionContract } from './contract.ts';

const never = new AbortController().signal;
const stopWeb = { kind: 'salt.run', fun: 'service.stop', args: ['nginx'], inverse: 'start-web' };
const startWeb = { kind: 'salt.run', fun: 'service.start', args: ['nginx'], inverse: 'stop-web' };
const actions = { 'stop-web': stopWeb, 'start-web': startWeb };
const { kind: _, ...stopping } = stopWeb;

actionContract(saltRun, {
	target: 'web-*',
	params: { fun: 'test.ping' },
	tools: () => aSaltMaster({ 'web-01': isWell, 'web-02': isWell }).tools(),
});

function textOf(told: Awaited<ReturnType<typeof carriedOut>>): string {
	return told.flatMap((one) => (one.kind === 'output' ? one.text : [])).join('');
}

test('minions are pinned when it is planned: who fits a moment later is not called', async () => {
	const master = aSaltMaster({ 'web-02': isWell, 'web-01': isWell, 'db-01': isWell });
	const tools = master.tools();
	const params = { target: 'web-*', fun: 'service.restart', args: ['nginx'] };
	const plan = await planned(saltRun, params, tools);
	assert.deepEqual(plan.blast, ['2 minions: web-01, web-02']);
	assert.equal(plan.steps[0]?.command, 'salt -L -- web-01,web-02 service.restart nginx');
	assert.equal(master.orders.length, 0);
	master.minions.set('web-03', isWell);
	const told = await carriedOut(saltRun, plan, tools);
	assert.equal(master.orders[0]?.target, 'web-01,web-02');
	assert.deepEqual(textOf(told).trimEnd().split('\n').sort(), ['✓ web-01: true', '✓ web-02: true']);
	assert.match(notesOf(told), /2 of 2 minions answered$/);
});

test('a minion whose key is gone since is another target', async () => {
	const master = aSaltMaster({ 'web-01': isWell, 'web-02': isWell });
	const tools = master.tools();
	const plan = await planned(saltRun, { target: 'web-*', fun: 'test.ping' }, tools);
	assert.equal(await saltRun.precheck(plan, tools, never), undefined);
	master.minions.delete('web-02');
	assert.equal(
		await saltRun.precheck(plan, tools, never),
		'target changed: the master accepts no minion web-02 any more',
	);
});

test('who is matched by nothing is refused', async () => {
	const plan = planned(saltRun, { target: 'db*', fun: 'test.ping' }, aSaltMaster({}).tools());
	await assert.rejects(plan, (thrown) => thrown instanceof Refusal);
});

test('two configured actions that name each other are a T2, and take each other back', async () => {
	const tools = aSaltMaster({ 'web-01': isWell }).tools({ settings: { actions } });
	const params = { target: 'web-01', ...stopping };
	assert.equal(saltRun.tierFor?.(saltRun.parse(params)), 2);
	const plan = await planned(saltRun, params, tools);
	assert.equal(plan.tier, 2);
	assert.ok('params' in plan.undo);
	assert.equal(plan.undo.says, 'start-web: service.start on web-01');
	const back = await planned(saltRun, plan.undo.params, tools);
	assert.equal(back.steps[0]?.command, 'salt -L -- web-01 service.start nginx');
	assert.equal(back.tier, 2);
	assert.ok('params' in back.undo);
	assert.equal(back.undo.params['fun'], 'service.stop');
});

test('on several minions it is a T3 all the same', async () => {
	const master = aSaltMaster({ 'web-01': isWell, 'web-02': isWell });
	const tools = master.tools({ settings: { actions } });
	assert.equal((await planned(saltRun, { target: '*', ...stopping }, tools)).tier, 3);
});

for (const [inverse, given] of [
	['nobody', actions],
	['start-web', { 'start-web': { ...startWeb, inverse: undefined } }],
	['start-web', { ...actions, 'stop-web': { ...stopWeb, args: ['apache'] } }],
	['start-web', { ...actions, 'start-web': { ...startWeb, kind: 'salt.state' } }],
	['__proto__', actions],
] as const) {
	test(`${inverse} is no inverse of it in ${JSON.stringify(given)}`, async () => {
		const tools = aSaltMaster({ 'web-01': isWell }).tools({ settings: { actions: given } });
		const plan = planned(saltRun, { target: 'web-01', ...stopping, inverse }, tools);
		await assert.rejects(plan, (thrown) => thrown instanceof Refusal);
	});
}

for (const [params, words] of [
	[{ target: 'a', fun: 'ping' }, /a function is MODULE\.FUNCTION/],
	[{ target: 'a', fun: '--config-dir=/tmp' }, /a function is MODULE\.FUNCTION/],
	[{ target: 'a', fun: 'test.arg', args: ['saltenv=evil'] }, /read NAME=VALUE as a keyword/],
	[{ target: 'a', fun: 'test.arg', args: ['ünsafe.x-1=2'] }, /read NAME=VALUE as a keyword/],
	[{ target: 'a', fun: 'test.arg', kwargs: { '-x': 1 } }, /kwargs/],
	[{ target: 'a\nb', fun: 'test.arg' }, /a target is plain text/],
	[{ target: 'a', fun: 'test.arg', timeout: 'soon' }, /is no duration/],
	[{ fun: 'test.arg' }, /target/],
] satisfies [JsonObject, RegExp][]) {
	test(`${JSON.stringify(params)} is refused: ${words.source}`, () => {
		assert.throws(() => saltRun.parse(params), { code: 'config', message: words });
	});
}

test('what fails on one minion fails, and who is silent puts it in doubt', async () => {
	const fails = () => ({ return: 'no such service', retcode: 3, success: false });
	const master = aSaltMaster({ 'web-01': isWell, 'web-02': fails });
	const params = { target: '*', fun: 'service.restart', args: ['nginx'] };
	const plan = await planned(saltRun, params, master.tools());
	await assert.rejects(carriedOut(saltRun, plan, master.tools()), {
		code: 'failed',
		message: '2 of 2 minions answered; failed: web-02',
	});
	master.minions.set('web-01', () => undefined);
	const clock = fakeClock();
	const told = carriedOut(saltRun, plan, master.tools({ clock }));
	const outcome = told.catch((thrown: unknown) => thrown);
	for (const _period of ['the timeout', 'find_job']) {
		await clock.until('a wait', () => clock.pending().length > 1);
		clock.advance(60_000);
	}
	const thrown = await outcome;
	assert.ok(thrown instanceof Doubt);
	assert.equal(
		thrown.message,
		'1 of 2 minions answered; failed: web-02; missing: web-01 (no answer)',
	);
});
