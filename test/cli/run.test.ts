import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { yesTo } from '../../src/cli/consent.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { exitOf, runReport } from '../../src/cli/run-report.ts';
import { Doubt } from '../../src/core/action.ts';
import { aPod } from '../support/a-cluster.ts';
import { aWorld, painting } from '../support/a-deed.ts';
import { aKube, paymentsPods } from '../support/a-kube.ts';
import { aRespond } from '../support/a-respond.ts';
import { anIo } from '../support/an-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A command line whose store is a folder of the test's own. */
function aLine(t: TestContext, env: Io['env'] = {}) {
	const home = tempFolder(t);
	return async (...words: readonly string[]) => {
		const io = anIo({ HOME: home, XDG_DATA_HOME: home, ...env });
		const code = await main(words, io);
		return { code, out: io.out(), err: io.err() };
	};
}

test('a deed without its consent is not begun, and is told what to add', async (t) => {
	const line = aLine(t);
	const asked = await line('run', 'k8s.isolate-pod', 'payments/pay-7d9f');
	assert.equal(asked.code, 6);
	assert.match(asked.err, /k8s\.isolate-pod payments\/pay-7d9f is T2: add --yes/);
	const looking = await line('run', 'k8s.isolate-pod', 'payments/pay-7d9f', '--read-only');
	assert.equal(looking.code, 5);
	assert.match(looking.err, /read-only: k8s\.isolate-pod is T2/);
});

test('who may not is told so by 5, and what cannot be begun by 7', async (t) => {
	const forbids = (verb: string) => (verb === 'patch' ? 'olga may not patch pods' : undefined);
	for (const [nature, code, says] of [
		[{ forbids }, 5, /olga may not patch pods/],
		[{}, 7, /uses its node's network/],
	] as const) {
		const { config, has } = await aKube(t, nature);
		has({ [paymentsPods]: [aPod({ spec: { hostNetwork: code === 7 } })] });
		const told = await aLine(t, { KUBECONFIG: config })(
			...['run', 'k8s.isolate-pod', 'payments/pay-7d9f', '--yes'],
		);
		assert.equal(told.code, code, told.err);
		assert.match(told.err, says);
	}
	const { config } = await aKube(t);
	const gone = await aLine(t, { KUBECONFIG: config })('run', 'k8s.logs', 'payments/pay-7d9f');
	assert.equal(gone.code, 7, gone.err);
	assert.match(gone.err, /there is no pod payments\/pay-7d9f/);
});

test('a roll back without its consent leaves nothing behind that stands in the way of the next', async (t) => {
	const { config, has, at } = await aKube(t);
	has({ [paymentsPods]: [aPod()] });
	const line = aLine(t, { KUBECONFIG: config });
	assert.equal((await line('run', 'k8s.isolate-pod', 'payments/pay-7d9f', '--yes')).code, 0);
	const bare = await line('runs', 'rollback', 'R-0001');
	assert.equal(bare.code, 6);
	assert.match(bare.err, /is T2: add --yes/);
	const { out } = await line('approvals', 'list', '-o', 'json');
	assert.deepEqual(JSON.parse(out).approvals, []);
	const told = await line('runs', 'rollback', 'R-0001', '--yes');
	assert.equal(told.code, 0, told.err);
	assert.equal(at(`${paymentsPods}/pay-7d9f`)?.metadata.labels?.['eventctl/isolate'], undefined);
});

test('an action nobody knows is a mistake of usage', async (t) => {
	const { code, err } = await aLine(t)('run', 'k8s.isolate-pot', 'payments/pay-7d9f');
	assert.equal(code, 2);
	assert.match(err, /did you mean k8s\.isolate-pod\?/);
});

test('stop --all is durable, and stop --clear lifts it', async (t) => {
	const line = aLine(t);
	assert.equal((await line('stop', '--all', '--reason', 'drill')).code, 0);
	assert.equal((await line('stop')).code, 2);
	assert.equal((await line('stop', '--clear')).code, 0);
	const { code, out } = await line('approvals', 'list', '-o', 'json');
	assert.deepEqual([code, JSON.parse(out)], [0, { apiVersion: 'eventctl/v1', approvals: [] }]);
});

test('a T3 takes the very name and a reason', async () => {
	const world = aWorld('door');
	const one = await aRespond(world, { actions: [painting(world, { tier: 3 })] });
	const { plan, contentHash } = await one.ask('door');
	const yes = (given: object) => () => yesTo(plan, contentHash, given, 'door');
	assert.throws(yes({}), /toy\.paint door is T3: add --confirm door --reason WHY/);
	assert.throws(yes({ confirm: 'door' }), /is T3: add --reason WHY/);
	assert.throws(yes({ confirm: 'wall', reason: 'x' }), /--confirm wall is not its name: door/);
	assert.deepEqual(yes({ confirm: 'door', reason: 'x' })().typedName, 'door');
});

test('a run is reported with its times, its steps and its way back', async () => {
	const one = await aRespond(aWorld('door'));
	const asked = await one.ask('door');
	await one.yes(asked);
	const report = await runReport(one.respond, await one.becomes(asked.id, 'ok'));
	assert.deepEqual(report, {
		id: 'R-0001',
		action: 'toy.paint',
		target: 'door',
		tier: 2,
		outcome: 'ok',
		approval: 'A-0001',
		startedAt: '2026-11-21T09:30:00.000Z',
		endedAt: '2026-11-21T09:30:00.000Z',
		undo: {
			action: 'toy.paint',
			params: { thing: 'door', colour: 'grey' },
			says: 'paint door grey',
		},
		steps: [
			{ says: 'mix', command: 'mix red', state: 'done' },
			{ says: 'paint', command: 'paint door red', state: 'done' },
		],
	});
});

test('the exit code tells how a run ended', async () => {
	for (const [thrown, code] of [
		[new Error('no paint'), 1],
		[new Doubt('no answer'), 8],
	] as const) {
		const world = aWorld('door');
		const during = () => Promise.reject(thrown);
		const one = await aRespond(world, { actions: [painting(world, { during })] });
		const asked = await one.ask('door');
		await one.yes(asked);
		assert.equal(exitOf(await one.becomes(asked.id, 'failed', 'unknown')), code);
	}
	const one = await aRespond(aWorld('door'));
	const { id } = await one.ask('door');
	await one.respond.answers.reject(id, 'no', one.respond.setup.operator);
	assert.equal(exitOf(await one.becomes(id, 'rejected')), 7);
});
