import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { deskFor } from '../../src/cli/desk.ts';
import { engineFor, plan } from '../../src/cli/plan.ts';
import type { Approval } from '../../src/core/approval.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openLab } from '../../src/lab/lab.ts';
import { aBell } from '../support/a-bell.ts';

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
	const pace = { speed: 40, patience: 5000, onCaption: () => {} };
	const telling = lab.tell(pace, curtain.signal);
	t.after(async () => {
		curtain.abort();
		await telling;
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
	return { lab, session, comes, approve };
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
