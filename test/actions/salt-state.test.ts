import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saltRunner } from '../../src/actions/salt-runner.ts';
import { saltState } from '../../src/actions/salt-state.ts';
import { statesReport } from '../../src/actions/salt-states.ts';
import type { Facts } from '../../src/core/facts.ts';
import { aSaltMaster, isWell, type Minion } from '../support/a-salt-master.ts';
import { carriedOut, planned } from '../support/done.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { actionContract } from './contract.ts';

const motd = 'file_|-motd_|-/etc/motd_|-managed';
const nginx = 'service_|-nginx_|-nginx_|-running';
const diff = '--- \n+++ \n@@ -1 +1 @@\n-old\n+new\n--- kept\n';

/** A minion of which two states would change something, and do. */
const changes: Minion = ({ kwargs }) => {
	const result = kwargs['test'] ? null : true;
	return {
		return: {
			[nginx]: { result: true, changes: {}, comment: 'runs', name: 'nginx', __run_num__: 1 },
			[motd]: { result, changes: { diff }, comment: 'x', name: '/etc/motd', __run_num__: 0 },
		},
		retcode: 0,
		success: true,
	};
};

const fails: Minion = () => ({
	return: {
		[motd]: {
			result: false,
			changes: {},
			comment: 'disk\u001b[2J full',
			name: 'x',
			__run_num__: 0,
		},
	},
	retcode: 2,
	success: false,
});

actionContract(saltState, {
	target: 'web-01',
	params: { sls: 'motd' },
	tools: () => aSaltMaster({ 'web-01': changes }).tools(),
});

actionContract(saltRunner, {
	target: 'manage.status',
	tools: () => aSaltMaster({}).tools(),
});

test('its plan has rehearsed it: what would change is told line by line', async () => {
	const master = aSaltMaster({ 'web-01': changes });
	const plan = await planned(saltState, { target: 'web-*', sls: ['motd', 'web'] }, master.tools());
	assert.deepEqual(plan.dryRun, {
		isGood: true,
		says: 'test=True on 1 of 1',
		lines: [
			'✓ web-01: 2 states: 2 ok, 1 would change',
			'file.managed /etc/motd',
			'-old',
			'+new',
			'--- kept',
		],
	});
	assert.deepEqual(
		master.orders.map(({ args, kwargs }) => [args, kwargs]),
		[[['motd,web'], { test: true }]],
	);
	assert.equal(plan.steps[0]?.command, 'salt -L -- web-01 state.apply \'"motd,web"\' test=false');
	await carriedOut(saltState, plan, master.tools());
	assert.deepEqual(master.orders[1]?.kwargs, { test: false });
});

test('who would fail or does not answer is named in the rehearsal', async () => {
	const minions = { 'web-01': changes, 'web-02': fails, 'web-03': () => undefined };
	const clock = fakeClock();
	const plan = planned(
		saltState,
		{ target: '*', sls: 'motd' },
		aSaltMaster(minions).tools({ clock }),
	);
	for (const _period of ['the rehearsal', 'find_job']) {
		await clock.until('a wait', () => clock.pending().length > 1);
		clock.advance(20_000);
	}
	const { dryRun } = await plan;
	assert.equal(dryRun?.isGood, false);
	assert.equal(dryRun?.says, 'test=True on 2 of 3; would fail on web-02; no answer from web-03');
	assert.ok(dryRun?.lines.includes('✗ file.managed /etc/motd: disk\\e[2J full'));
});

test('with test it only looks: T0, and a silent minion is a failure without a doubt', async () => {
	const master = aSaltMaster({ 'web-01': changes });
	const params = { target: 'web-01', sls: 'motd', test: true };
	assert.equal(saltState.tierFor?.(saltState.parse(params)), 0);
	const plan = await planned(saltState, params, master.tools());
	assert.equal(plan.tier, 0);
	assert.deepEqual(master.orders, []);
	const told = await carriedOut(saltState, plan, master.tools());
	const output = told.flatMap((one) => (one.kind === 'output' ? one.text : []));
	assert.equal(output[0], '✓ web-01: 2 states: 2 ok, 1 would change\n');
});

test('the menu offers to look at the minion that a Salt event is about', () => {
	const facts: Facts = { who: 'web-01', summary: '', host: 'web-01', jid: '2026', ids: [] };
	assert.deepEqual(saltState.fits(facts, undefined), { target: 'web-01', test: true });
	assert.equal(saltState.fits({ ...facts, host: 'a b' }, undefined), undefined);
});

test('a return that is no highstate is none', () => {
	for (const data of [true, [], {}, 'x', { a: 1 }, { 'a_|-b_|-c_|-d': 1 }]) {
		assert.equal(statesReport(data)?.lines.length ?? 0, 0);
	}
});

test('old and new are told as lines of a difference, the old one first', () => {
	const report = statesReport({
		[motd]: {
			result: true,
			changes: { mode: { new: '0644', old: '0600' }, pkg: { old: '', new: '1.2' } },
			comment: '',
			name: 'x',
		},
	});
	assert.deepEqual(report?.lines, [
		'file.managed /etc/motd',
		'- mode: 0600',
		'+ mode: 0644',
		'+ pkg: 1.2',
	]);
});

test('a runner’s return is told, and is one of the master’s', async () => {
	const tools = aSaltMaster({ 'web-01': isWell }).tools();
	const plan = await planned(saltRunner, { fun: 'manage.up', kwargs: { timeout: 3 } }, tools);
	assert.equal(plan.steps[0]?.command, 'salt-run -- manage.up timeout=3');
	const told = await carriedOut(saltRunner, plan, tools);
	const output = told.flatMap((one) => (one.kind === 'output' ? one.text : []));
	assert.deepEqual(output, ['✓ master: {"fun":"manage.up","args":[],"kwargs":{"timeout":3}}\n']);
});
