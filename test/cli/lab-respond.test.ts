import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { salt } from '../../connectors/salt.ts';
import { ruleProblems } from '../../src/cli/check-rules.ts';
import { deskFor } from '../../src/cli/desk.ts';
import { configFiles } from '../../src/cli/disk.ts';
import { engineFor } from '../../src/cli/engine-for.ts';
import { plan } from '../../src/cli/plan.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Approval } from '../../src/core/approval.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openLab } from '../../src/lab/lab.ts';
import { aBell } from '../support/a-bell.ts';
import { aSink } from '../support/a-sink.ts';

/** The lab with the very engine of the console on it, and what that has proposed. */
async function anAttackedLab(t: TestContext) {
	const lab = await openLab(systemClock, undefined);
	const { config, kubeconfig } = lab.files;
	const own = { HOME: lab.folder, XDG_STATE_HOME: lab.folder, XDG_DATA_HOME: lab.folder };
	const env = { ...own, KUBECONFIG: kubeconfig };
	const wanted = { options: { config, source: lab.sources }, env, stdinIsPiped: false };
	const planned = await plan(wanted);
	const engine = engineFor(planned);
	const bell = aBell(60_000);
	let approvals: readonly Approval[] = [];
	const session = engine.connect((message) => {
		if (message.type !== 'approvals') return;
		approvals = message.list;
		bell.ring();
	});
	await engine.open(await deskFor(engine, planned, wanted));
	engine.start();
	const curtain = new AbortController();
	const bus = aSink(60_000);
	const listening = salt.open(
		salt.parse(salt.fromText(lab.folder, new Map())),
		bus,
		curtain.signal,
	);
	const pace = { speed: 40, patience: 5000, onCaption: () => {} };
	const telling = lab.tell(pace, curtain.signal);
	t.after(async () => {
		curtain.abort();
		await Promise.all([telling, listening]);
		await engine.stop();
		await lab.close();
	});
	const comes = async (action: string, stage: Approval['stage']['kind']): Promise<Approval> => {
		const find = () =>
			approvals.find(({ plan, stage: { kind } }) => plan.action === action && kind === stage);
		await bell.until(`${action} ${stage}`, () => find() !== undefined);
		const found = find();
		assert.ok(found);
		return found;
	};
	const approve = ({ id, contentHash }: Approval) =>
		session.receive({ type: 'approved', approval: id, contentHash });
	return { lab, session, comes, approve, bus };
}

test('the lab’s attack becomes suggestions; one yes isolates its pod, another takes that back', async (t) => {
	const { lab, session, comes, approve } = await anAttackedLab(t);
	const isolated = () => lab.stage.cluster.pods.filter(({ isIsolated }) => isIsolated).length;
	approve(await comes('k8s.isolate-pod', 'proposed'));
	const done = await comes('k8s.isolate-pod', 'ok');
	assert.equal(isolated(), 1);
	session.receive({ type: 'undo.asked', id: 1, approval: done.id });
	approve(await comes('k8s.release-pod', 'proposed'));
	await comes('k8s.release-pod', 'ok');
	assert.equal(isolated(), 0);
	assert.equal((await comes('k8s.delete-pod', 'proposed')).plan.tier, 3);
	assert.equal((await comes('host.lockdown', 'proposed')).plan.tier, 2);
});

test('who is told by the lab’s rules gets a text message, a post and a mail, and the bus tells of each', async (t) => {
	const { bus } = await anAttackedLab(t);
	for (const [medium, words] of [
		['sms', /Terminal shell in container: web12\/payments/],
		['slack', /web12\/payments calls 203\.0\.113\.7/],
		['mail', /A new binary runs in payments\/pay-7d9f/],
	] as const) {
		const told = () => bus.events.find(({ tag }) => tag === `lab/${medium}`);
		await bus.until(`lab/${medium}`, () => told() !== undefined);
		assert.match(String(told()?.body), words);
	}
});

test('nothing is wrong with the lab’s rules, and their samples agree with them', async (t) => {
	const lab = await openLab(systemClock, undefined);
	t.after(() => lab.close());
	const env = { HOME: lab.folder, KUBECONFIG: lab.files.kubeconfig };
	const loaded = await loadConfig(env, configFiles, { config: lab.files.config });
	const { problems, rules } = await ruleProblems(loaded, env, systemClock.now());
	assert.deepEqual([problems, rules], [[], 3]);
});
