import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openKube } from '../../src/actions/kube-client.ts';
import { KubeError } from '../../src/core/kube-tool.ts';
import { Chance } from '../../src/lab/chance.ts';
import { labCluster, podOn } from '../../src/lab/cluster.ts';
import { KubeApi } from '../../src/lab/kube-api.ts';
import { KubeWorld } from '../../src/lab/kube-world.ts';
import { kubeconfigFor } from '../../src/lab/kubeconfig.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const policies = '/apis/networking.k8s.io/v1/namespaces/payments/networkpolicies';

/** The lab's cluster with its first pod of payments, and what its controllers tell. */
async function aWorld(t: TestContext) {
	const chance = new Chance(1);
	const cluster = labCluster(chance);
	const told: string[] = [];
	const world = new KubeWorld(cluster, chance, (what, pod) => told.push(`${what} ${pod.name}`));
	const api = new KubeApi(world.store, world.nature);
	t.after(() => api.close());
	const KUBECONFIG = join(tempFolder(t), 'kubeconfig');
	writeFileSync(KUBECONFIG, kubeconfigFor('lab', await api.open()));
	const pod = podOn(cluster, 'payments', 'web12');
	assert.ok(pod);
	const path = `/api/v1/namespaces/payments/pods/${pod.name}`;
	return { cluster, told, kube: await openKube({ KUBECONFIG }), pod, path };
}

test('a pod that is deleted is replaced by another of a new name and uid', async (t) => {
	const { cluster, told, kube, pod, path } = await aWorld(t);
	await kube.delete(path, { preconditions: { uid: pod.uid } }, {}, never);
	const now = cluster.pods.filter(({ ns }) => ns === 'payments');
	assert.equal(now.length, 6);
	assert.ok(now.every(({ uid }) => uid !== pod.uid));
	assert.deepEqual(told, [`ended ${pod.name}`, `started ${now.at(-1)?.name}`]);
});

test('a policy cuts off the pods it selects, as long as no other lets them out', async (t) => {
	const { cluster, kube, pod, path } = await aWorld(t);
	const deny = {
		metadata: { name: 'deny' },
		spec: { podSelector: { matchLabels: { cut: 'yes' } }, policyTypes: ['Egress'] },
	};
	await kube.create(policies, deny, {}, never);
	assert.equal(pod.isIsolated, false);
	await kube.patch(path, [{ op: 'add', path: '/metadata/labels/cut', value: 'yes' }], {}, never);
	assert.equal(pod.isIsolated, true);
	assert.equal(cluster.pods.filter(({ isIsolated }) => isIsolated).length, 1);
	const open = {
		metadata: { name: 'open' },
		spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
	};
	await kube.create(policies, open, {}, never);
	assert.equal(pod.isIsolated, false);
});

test('a pod whose labels were taken off keeps running, and its set starts another', async (t) => {
	const { cluster, kube, pod, path } = await aWorld(t);
	await kube.patch(path, [{ op: 'remove', path: '/metadata/labels/app' }], {}, never);
	assert.equal(cluster.pods.filter(({ ns }) => ns === 'payments').length, 7);
	assert.ok(cluster.pods.includes(pod));
});

test('new pods start only where a node takes them', async (t) => {
	const { cluster, kube, pod, path } = await aWorld(t);
	const taint = { key: 'a', effect: 'NoSchedule' };
	await kube.patch(
		'/api/v1/nodes/web7',
		[{ op: 'add', path: '/spec/taints', value: [taint] }],
		{},
		never,
	);
	await kube.patch(
		'/api/v1/nodes/web12',
		[{ op: 'add', path: '/spec/unschedulable', value: true }],
		{},
		never,
	);
	await kube.delete(path, {}, {}, never);
	assert.equal(cluster.pods.at(-1)?.node, 'web99');
	assert.ok(!cluster.pods.includes(pod));
});

test('a workload is scaled, and what is planned changes nothing', async (t) => {
	const { cluster, kube } = await aWorld(t);
	const path = '/apis/apps/v1/namespaces/payments/deployments/pay/scale';
	const to = (value: number) => [{ op: 'add', path: '/spec/replicas', value }] as const;
	const pods = () => cluster.pods.filter(({ ns }) => ns === 'payments').length;
	await kube.patch(path, to(2), { dryRun: true }, never);
	assert.equal(pods(), 6);
	await kube.patch(path, to(2), {}, never);
	assert.equal(pods(), 2);
	await kube.patch(path, to(3), {}, never);
	assert.equal(pods(), 3);
});

test('an eviction is held back where a disruption budget needs every pod', async (t) => {
	const { cluster, kube } = await aWorld(t);
	const cart = podOn(cluster, 'cart', 'web12');
	const evict = (ns = '', name = '') =>
		kube.act(`/api/v1/namespaces/${ns}/pods/${name}/eviction`, { metadata: { name } }, {}, never);
	await assert.rejects(evict('cart', cart?.name), (thrown) => {
		assert.ok(thrown instanceof KubeError);
		assert.equal(thrown.status, 429);
		assert.match(thrown.message, /cart-min needs 2 healthy pods and has 2/);
		return true;
	});
	const pay = podOn(cluster, 'payments', 'web12');
	await evict('payments', pay?.name);
	assert.ok(pay && !cluster.pods.includes(pay));
});
