import assert from 'node:assert/strict';
import { test } from 'node:test';
import { k8sCordonNode } from '../../src/actions/k8s-cordon-node.ts';
import { k8sDrainNode } from '../../src/actions/k8s-drain-node.ts';
import { k8sTaintNode } from '../../src/actions/k8s-taint-node.ts';
import { k8sUncordonNode } from '../../src/actions/k8s-uncordon-node.ts';
import { k8sUntaintNode } from '../../src/actions/k8s-untaint-node.ts';
import { aNode, aPod } from '../support/a-cluster.ts';
import { aKube, paymentsPods } from '../support/a-kube.ts';
import { carriedOut, notesOf, planned, undoAfter } from '../support/done.ts';
import { refused } from '../support/refusals.ts';

const never = new AbortController().signal;
const nodes = '/api/v1/nodes';
const web12 = `${nodes}/web12`;
const theirs = { key: 'gpu', value: 'a', effect: 'NoExecute', timeAdded: '2026-11-21T03:00:00Z' };
const own = { key: 'eventctl/quarantine', value: 'true', effect: 'NoSchedule' };

test('a taint is added to the others, and taken away from between them', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode('web12', { taints: [theirs] })] });
	const plan = await planned(k8sTaintNode, { node: 'web12' }, cluster.tools());
	await carriedOut(k8sTaintNode, plan, cluster.tools());
	assert.deepEqual(cluster.at(web12)?.spec?.['taints'], [theirs, own]);
	const late = [
		{ op: 'add', path: '/spec/taints/-', value: { key: 'late', effect: 'NoSchedule' } },
	] as const;
	await cluster.kube.patch(web12, late, {}, never);
	const undo = await planned(k8sUntaintNode, undoAfter(plan, []).params, cluster.tools());
	await carriedOut(k8sUntaintNode, undo, cluster.tools());
	assert.deepEqual(cluster.at(web12)?.spec?.['taints'], [theirs, late[0].value]);
});

test('a taint somebody added between plan and run survives, for the list is read again', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()] });
	const plan = await planned(k8sTaintNode, { node: 'web12' }, cluster.tools());
	await cluster.kube.patch(
		web12,
		[{ op: 'add', path: '/spec/taints', value: [theirs] }],
		{},
		never,
	);
	await carriedOut(k8sTaintNode, plan, cluster.tools());
	assert.deepEqual(cluster.at(web12)?.spec?.['taints'], [theirs, own]);
});

test('a taint that is there already stays as it is, also after the undo', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode('web12', { taints: [own] })] });
	const plan = await planned(k8sTaintNode, { node: 'web12' }, cluster.tools());
	assert.ok('none' in plan.undo);
	assert.equal(notesOf(await carriedOut(k8sTaintNode, plan, cluster.tools())), 'already');
});

test('a key that stands there with another value is somebody else’s', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode('web12', { taints: [{ ...own, value: 'other' }] })] });
	await refused(planned(k8sTaintNode, { node: 'web12' }, cluster.tools()), /not ours to change/);
	await refused(planned(k8sUntaintNode, { node: 'web12' }, cluster.tools()), /not ours to change/);
});

test('a pod names its node, as far as its container proves it', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()], [paymentsPods]: [aPod()] });
	const place = { namespace: 'payments', pod: 'pay-7d9f' };
	const plan = await planned(
		k8sTaintNode,
		{ ...place, container: 'ab'.repeat(6) },
		cluster.tools(),
	);
	assert.deepEqual(plan.targets, [
		{ name: 'web12', pins: { uid: plan.targets[0]?.pins['uid'] ?? '', bootID: 'boot-of-web12' } },
	]);
	await refused(
		planned(k8sTaintNode, { ...place, container: 'cd'.repeat(6) }, cluster.tools()),
		/target changed/,
	);
});

test('a taint that evicts is T3 and names who goes', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()], [paymentsPods]: [aPod()] });
	const plan = await planned(k8sTaintNode, { node: 'web12', effect: 'NoExecute' }, cluster.tools());
	assert.equal(plan.tier, 3);
	assert.match(`${plan.blast}`, /payments\/pay-7d9f/);
});

for (const [why, labels] of [
	['control plane', { 'node-role.kubernetes.io/control-plane': '' }],
	['control plane', { 'node-role.kubernetes.io/master': '' }],
] as const) {
	test(`a node with ${Object.keys(labels)} is protected: ${why}`, async (t) => {
		const cluster = await aKube(t);
		cluster.has({ [nodes]: [aNode('web12', {}, labels)] });
		for (const action of [k8sTaintNode, k8sCordonNode, k8sDrainNode]) {
			await refused(
				planned(action, { node: 'web12' }, cluster.tools()),
				/carries the control plane/,
			);
		}
	});
}

test('the node under our own feet is protected, which its boot id tells', async (t) => {
	const cluster = await aKube(t);
	const status = { nodeInfo: { bootID: cluster.kube.self.bootId } };
	cluster.has({ [nodes]: [{ ...aNode(), status }] });
	await refused(
		planned(k8sCordonNode, { node: 'web12' }, cluster.tools()),
		/eventctl itself runs on it/,
	);
});

test('a node that was started anew since the plan is another target', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()] });
	const plan = await planned(k8sCordonNode, { node: 'web12' }, cluster.tools());
	const reboot = [{ op: 'add', path: '/status/nodeInfo/bootID', value: 'another' }] as const;
	await cluster.kube.patch(web12, reboot, {}, never);
	const why = await k8sCordonNode.precheck(plan, cluster.tools(), never);
	assert.equal(why, 'target changed: bootID of node web12 is now another');
});

test('a cordon is undone exactly: the field is absent again', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()] });
	const plan = await planned(k8sCordonNode, { node: 'web12' }, cluster.tools());
	await carriedOut(k8sCordonNode, plan, cluster.tools());
	assert.deepEqual(cluster.at(web12)?.spec, { unschedulable: true });
	const undo = await planned(k8sUncordonNode, undoAfter(plan, []).params, cluster.tools());
	await carriedOut(k8sUncordonNode, undo, cluster.tools());
	assert.deepEqual(cluster.at(web12)?.spec, {});
});

test('a node cordoned before stays so: there is nothing to undo', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode('web12', { unschedulable: true })] });
	const plan = await planned(k8sCordonNode, { node: 'web12' }, cluster.tools());
	assert.deepEqual(plan.undo, { none: 'it was cordoned before' });
	assert.equal(notesOf(await carriedOut(k8sCordonNode, plan, cluster.tools())), 'already');
});

test('a drain leaves daemon sets, the system and what nothing owns, and says why', async (t) => {
	const cluster = await aKube(t);
	cluster.has({
		[nodes]: [aNode()],
		[paymentsPods]: [
			aPod(),
			aPod({ name: 'agent', ownerKind: 'DaemonSet' }),
			aPod({ name: 'alone', owner: undefined }),
			aPod({ name: 'elsewhere', node: 'web7' }),
		],
		'/api/v1/namespaces/kube-system/pods': [aPod({ name: 'dns' })],
	});
	const plan = await planned(k8sDrainNode, { node: 'web12' }, cluster.tools());
	assert.deepEqual(
		plan.targets.map(({ name }) => name),
		['web12', 'payments/pay-7d9f'],
	);
	assert.deepEqual(
		plan.notes?.slice(1).map((note) => note.split(',')[0]),
		['stays: kube-system/dns', 'stays: payments/agent', 'stays: payments/alone'],
	);
	await carriedOut(k8sDrainNode, plan, cluster.tools());
	assert.equal(cluster.at(`${paymentsPods}/pay-7d9f`), undefined);
	assert.ok(cluster.at(`${paymentsPods}/alone`));
	assert.equal(cluster.at(web12)?.spec?.['unschedulable'], true);
});

test('a drain that is stopped evicts nobody more', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [nodes]: [aNode()], [paymentsPods]: [aPod(), aPod({ name: 'second' })] });
	const plan = await planned(k8sDrainNode, { node: 'web12' }, cluster.tools());
	const stop = new AbortController();
	const watched = async () => {
		for await (const told of k8sDrainNode.run(plan, cluster.tools(), stop.signal)) {
			if (told.kind === 'step' && told.step === 1 && told.state === 'done') stop.abort();
		}
	};
	await assert.rejects(watched(), { name: 'AbortError' });
	assert.equal(cluster.at(`${paymentsPods}/pay-7d9f`), undefined);
	assert.ok(cluster.at(`${paymentsPods}/second`));
});

test('a pod that a disruption budget holds back is tried again until the budget lets it go', async (t) => {
	let looks = 0;
	const cluster = await aKube(t, { keeps: () => (++looks < 4 ? 'Cannot evict pod' : undefined) });
	cluster.has({ [nodes]: [aNode()], [paymentsPods]: [aPod()] });
	const tools = cluster.tools();
	const plan = await planned(k8sDrainNode, { node: 'web12' }, tools);
	assert.equal(plan.dryRun?.isGood, false);
	const after = (_: number, then: () => void) => {
		queueMicrotask(then);
		return () => {};
	};
	const impatient = { ...tools.clock, after };
	const told = await carriedOut(k8sDrainNode, plan, { ...tools, clock: impatient });
	assert.equal(told.filter((progress) => progress.kind === 'output').length, 2);
	assert.equal(cluster.at(`${paymentsPods}/pay-7d9f`), undefined);
});
