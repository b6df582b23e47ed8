import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { k8sCordonNode } from '../../src/actions/k8s-cordon-node.ts';
import { k8sDeletePod } from '../../src/actions/k8s-delete-pod.ts';
import { k8sDescribe } from '../../src/actions/k8s-describe.ts';
import { k8sDrainNode } from '../../src/actions/k8s-drain-node.ts';
import { k8sIsolatePod } from '../../src/actions/k8s-isolate-pod.ts';
import { k8sLabel } from '../../src/actions/k8s-label.ts';
import { k8sLogs } from '../../src/actions/k8s-logs.ts';
import { k8sReleasePod } from '../../src/actions/k8s-release-pod.ts';
import { k8sScale } from '../../src/actions/k8s-scale.ts';
import { k8sTaintNode } from '../../src/actions/k8s-taint-node.ts';
import { k8sUncordonNode } from '../../src/actions/k8s-uncordon-node.ts';
import { k8sUntaintNode } from '../../src/actions/k8s-untaint-node.ts';
import type { Action } from '../../src/core/action.ts';
import type { KubeObject } from '../../src/core/kube-tool.ts';
import type { JsonObject } from '../../src/core/plan.ts';
import {
	aBudget,
	aDeployment,
	aNode,
	aPod,
	aPolicy,
	aReplicaSet,
	aService,
	payLabels,
} from '../support/a-cluster.ts';
import { payments, paymentsPods, paymentsPolicies } from '../support/a-kube.ts';
import { carriedOut, planned, undoAfter } from '../support/done.ts';
import { type KubeLab, kubeLab } from '../support/kube-lab.ts';
import { refused } from '../support/refusals.ts';

const never = new AbortController().signal;
const pod = `${paymentsPods}/pay-7d9f`;
const target = { namespace: 'payments', pod: 'pay-7d9f' };
const node = '/api/v1/nodes/web12';
const sets = '/apis/apps/v1/namespaces/payments/replicasets';
const budgets = '/apis/policy/v1/namespaces/payments/poddisruptionbudgets';

/** What an object says beside the server's own bookkeeping. */
function essence(object: KubeObject | undefined) {
	if (!object) return undefined;
	const { name, uid, labels, annotations, ownerReferences } = object.metadata;
	return {
		metadata: { name, uid, labels, annotations, ownerReferences },
		spec: object.spec,
		status: object.status,
	};
}

async function seed(lab: KubeLab): Promise<void> {
	await lab.create('/api/v1/namespaces', { metadata: { name: 'payments' } });
	await lab.create('/api/v1/nodes', aNode());
	await lab.create(`${payments}/services`, aService('pay', { app: 'pay' }));
	await lab.create(sets, aReplicaSet('pay-7d9f', payLabels));
	await lab.runs(paymentsPods, aPod());
	await lab.runs(paymentsPods, aPod({ name: 'pay-7d9e' }));
}

const daemonSets = '/apis/apps/v1/namespaces/kube-system/daemonsets';
const openPolicy = aPolicy('open', {
	podSelector: { matchLabels: { app: 'pay' } },
	ingress: [{}],
});

type PlugIn = {
	readonly daemonSet: string;
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	readonly plural: string;
	readonly isNamespaced: boolean;
	/** Where its denies for the namespace are. */
	readonly path: string;
	/** Whether it closes what other policies open. */
	readonly isWhole: boolean;
};

const plugIns: readonly PlugIn[] = [
	{
		daemonSet: 'cilium',
		group: 'cilium.io',
		version: 'v2',
		kind: 'CiliumNetworkPolicy',
		plural: 'ciliumnetworkpolicies',
		isNamespaced: true,
		path: '/apis/cilium.io/v2/namespaces/payments/ciliumnetworkpolicies',
		isWhole: true,
	},
	{
		daemonSet: 'calico-node',
		group: 'projectcalico.org',
		version: 'v3',
		kind: 'NetworkPolicy',
		plural: 'networkpolicies',
		isNamespaced: true,
		path: '/apis/projectcalico.org/v3/namespaces/payments/networkpolicies',
		isWhole: true,
	},
	{
		daemonSet: 'ovnkube-node',
		group: 'policy.networking.k8s.io',
		version: 'v1alpha1',
		kind: 'AdminNetworkPolicy',
		plural: 'adminnetworkpolicies',
		isNamespaced: false,
		path: '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies',
		isWhole: false,
	},
];

/** The plug-in's kind of policy is served, and its daemon set stands there. */
async function installed(lab: KubeLab, plugIn: PlugIn): Promise<void> {
	const { group, version, kind, plural, isNamespaced, daemonSet } = plugIn;
	const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
	const schema = { openAPIV3Schema: { type: 'object', properties: { spec: anything } } };
	await lab.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
		metadata: {
			name: `${plural}.${group}`,
			annotations: {
				'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/1',
			},
		},
		spec: {
			group,
			scope: isNamespaced ? 'Namespaced' : 'Cluster',
			names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
			versions: [{ name: version, served: true, storage: true, schema }],
		},
	});
	const labels = { app: daemonSet };
	const containers = [{ name: 'agent', image: 'agent:1' }];
	const template = { metadata: { labels }, spec: { containers } };
	await lab.create(daemonSets, {
		metadata: { name: daemonSet },
		spec: { selector: { matchLabels: labels }, template },
	});
	const isServed = () =>
		lab.kube.text(`/apis/${group}/${version}`, {}, 65_536, never).then(
			(text) => text.includes(plural),
			() => false,
		);
	while (!(await isServed())) await sleep(50);
}

/** Plans, runs, and plans and runs what takes it back; what stood there in between. */
async function thereAndBack(
	lab: KubeLab,
	action: Action,
	inverse: Action,
	params: JsonObject,
	path: string,
): Promise<KubeObject | undefined> {
	const before = essence(await lab.at(path));
	const plan = await planned(action, params, lab.tools());
	assert.deepEqual(essence(await lab.at(path)), before, 'planning changed something');
	const told = await carriedOut(action, plan, lab.tools());
	const between = await lab.at(path);
	const undo = await planned(inverse, undoAfter(plan, told).params, lab.tools('R-0002'));
	assert.equal(await inverse.precheck(undo, lab.tools('R-0002'), never), undefined);
	await carriedOut(inverse, undo, lab.tools('R-0002'));
	assert.deepEqual(essence(await lab.at(path)), before, 'the undo restored something else');
	return between;
}

test('a real API server', async (t: TestContext) => {
	const lab = await kubeLab(t);
	if (!lab) return;
	await seed(lab);

	await t.test(
		'isolating adds one label and one policy, and the release restores all exactly',
		async () => {
			const between = await thereAndBack(lab, k8sIsolatePod, k8sReleasePod, target, pod);
			assert.deepEqual(between?.metadata.labels, { ...payLabels, 'eventctl/isolate': 'R-0001' });
			assert.equal(await lab.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
		},
	);

	await t.test(
		'labels that an open policy selects by go and come back with the release',
		async () => {
			const open = aPolicy('open', { podSelector: { matchLabels: { app: 'pay' } }, ingress: [{}] });
			await lab.create(paymentsPolicies, open);
			const between = await thereAndBack(lab, k8sIsolatePod, k8sReleasePod, target, pod);
			assert.equal(between?.metadata.labels?.['app'], undefined);
			await lab.kube.delete(`${paymentsPolicies}/open`, {}, {}, never);
		},
	);

	await t.test(
		'the server rehearses the isolation at plan time, and shows what it would change',
		async () => {
			const { dryRun } = await planned(k8sIsolatePod, target, lab.tools());
			assert.ok(dryRun?.isGood, dryRun?.says);
			assert.equal(await lab.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
		},
	);

	await t.test(
		'a pod replaced between plan and run: target changed, and nothing is left behind',
		async () => {
			await lab.runs(paymentsPods, aPod({ name: 'soon-gone' }));
			const plan = await planned(k8sIsolatePod, { ...target, pod: 'soon-gone' }, lab.tools());
			await lab.kube.delete(`${paymentsPods}/soon-gone`, { gracePeriodSeconds: 0 }, {}, never);
			await lab.runs(paymentsPods, aPod({ name: 'soon-gone' }));
			assert.match(`${await k8sIsolatePod.precheck(plan, lab.tools(), never)}`, /^target changed/);
			await refused(carriedOut(k8sIsolatePod, plan, lab.tools()), /target changed/);
			assert.equal(await lab.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
			assert.deepEqual((await lab.at(`${paymentsPods}/soon-gone`))?.metadata.labels, payLabels);
			await lab.kube.delete(`${paymentsPods}/soon-gone`, { gracePeriodSeconds: 0 }, {}, never);
		},
	);

	await t.test('a taint joins those the cluster set, and goes without them', async () => {
		const own = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
		const params = { namespace: 'payments', pod: 'pay-7d9f', key: 'falco/alert' };
		const between = await thereAndBack(lab, k8sTaintNode, k8sUntaintNode, params, node);
		const added = { key: 'falco/alert', value: 'true', effect: 'NoSchedule' };
		assert.deepEqual(between?.spec?.['taints'], [own, added]);
		assert.deepEqual((await lab.at(node))?.spec?.['taints'], [own]);
		await refused(
			planned(k8sUntaintNode, { node: 'web12', ...own }, lab.tools()),
			/belongs to the cluster/,
		);
	});

	await t.test('a node that was never tainted gets its list of taints', async () => {
		await lab.create('/api/v1/nodes', aNode('web7'));
		await lab.kube.patch('/api/v1/nodes/web7', [{ op: 'remove', path: '/spec/taints' }], {}, never);
		const between = await thereAndBack(
			lab,
			k8sTaintNode,
			k8sUntaintNode,
			{ node: 'web7' },
			'/api/v1/nodes/web7',
		);
		assert.deepEqual(between?.spec?.['taints'], [
			{ key: 'eventctl/quarantine', value: 'true', effect: 'NoSchedule' },
		]);
	});

	await t.test('a cordon and its undo', async () => {
		const between = await thereAndBack(
			lab,
			k8sCordonNode,
			k8sUncordonNode,
			{ node: 'web12' },
			node,
		);
		assert.equal(between?.spec?.['unschedulable'], true);
	});

	await t.test('labels set, replaced and taken away come back as they were', async () => {
		const labels = { suspect: 'yes', app: 'quarantined', 'pod-template-hash': null };
		const between = await thereAndBack(lab, k8sLabel, k8sLabel, { ...target, labels }, pod);
		assert.deepEqual(between?.metadata.labels, { suspect: 'yes', app: 'quarantined' });
	});

	await t.test('a workload scaled down to nothing and back', async () => {
		const path = '/apis/apps/v1/namespaces/payments/deployments/pay';
		await lab.create('/apis/apps/v1/namespaces/payments/deployments', aDeployment('pay', 3));
		const params = { namespace: 'payments', name: 'pay', replicas: 0 };
		const plan = await planned(k8sScale, params, lab.tools());
		assert.equal(plan.tier, 3);
		assert.ok(plan.dryRun?.isGood, plan.dryRun?.says);
		await carriedOut(k8sScale, plan, lab.tools());
		assert.equal((await lab.at(path))?.spec?.['replicas'], 0);
		const undo = await planned(k8sScale, undoAfter(plan, []).params, lab.tools('R-0002'));
		await carriedOut(k8sScale, undo, lab.tools('R-0002'));
		assert.equal((await lab.at(path))?.spec?.['replicas'], 3);
	});

	await t.test(
		'a user without rights is told so at plan time, by the server’s own rules',
		async () => {
			const tools = { ...lab.tools(), kube: () => Promise.resolve(lab.stranger) };
			await refused(
				planned(k8sIsolatePod, target, tools),
				/"pay-7d9f" is forbidden: User "nobody"/,
			);
			await lab.create('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
				metadata: { name: 'looks' },
				rules: [{ apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list'] }],
			});
			await lab.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
				metadata: { name: 'looks' },
				roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'looks' },
				subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
			});
			while (await lab.stranger.forbids({ verb: 'get', group: '', resource: 'pods' }, never))
				await sleep(50);
			await refused(
				planned(k8sIsolatePod, target, tools),
				/not let this user create networkpolicies in payments.*patch pods/,
			);
			await refused(planned(k8sDeletePod, target, tools), /not let this user delete pods/);
			await refused(
				planned(k8sCordonNode, { node: 'web12' }, tools),
				/not let this user patch nodes/,
			);
		},
	);

	await t.test(
		'where a plug-in has a deny of its own it stands beside the policy, and goes again with it',
		async () => {
			await lab.create(paymentsPolicies, openPolicy);
			for (const plugIn of plugIns) {
				await installed(lab, plugIn);
				const between = await thereAndBack(lab, k8sIsolatePod, k8sReleasePod, target, pod);
				assert.equal(between?.metadata.labels?.['app'], plugIn.isWhole ? 'pay' : undefined);
				assert.equal(await lab.at(`${plugIn.path}/eventctl-isolate-r-0001`), undefined);
				await lab.kube.delete(`${daemonSets}/${plugIn.daemonSet}`, {}, {}, never);
			}
			await lab.kube.delete(`${paymentsPolicies}/open`, {}, {}, never);
		},
	);

	await t.test(
		'logs of a pod that runs nowhere are an error in the server’s words; its description is there',
		async () => {
			const logs = await carriedOut(
				k8sLogs,
				await planned(k8sLogs, target, lab.tools()),
				lab.tools(),
			);
			assert.match(JSON.stringify(logs), /\(no log: /);
			const told = await carriedOut(
				k8sDescribe,
				await planned(k8sDescribe, target, lab.tools()),
				lab.tools(),
			);
			assert.match(JSON.stringify(told), /ReplicaSet\/pay-7d9f/);
			await refused(
				planned(k8sLogs, { ...target, pod: 'none' }, lab.tools()),
				/there is no pod payments\/none/,
			);
		},
	);

	await t.test(
		'a drain waits for a disruption budget, evicts the rest, and says who stayed',
		async () => {
			await lab.create(budgets, { ...aBudget('pay', { app: 'pay' }, 0), status: undefined });
			await lab.runs(paymentsPods, aPod({ name: 'cart-1', labels: { app: 'cart' } }));
			const tools = lab.tools();
			const plan = await planned(k8sDrainNode, { node: 'web12', minutes: 1 }, tools);
			assert.match(`${plan.dryRun?.says}`, /^1 would go at once, 2 would wait/);
			let minutes = 0;
			const clock = { ...tools.clock, now: () => 60_000 * minutes++ };
			const drained = carriedOut(k8sDrainNode, plan, { ...tools, clock });
			await assert.rejects(drained, /2 of 3 pods stayed: .*disruption budget/);
			assert.equal((await lab.at(node))?.spec?.['unschedulable'], true);
			assert.ok((await lab.at(`${paymentsPods}/cart-1`))?.metadata.deletionTimestamp);
			assert.equal((await lab.at(pod))?.metadata.deletionTimestamp, undefined);
		},
	);

	await t.test('a deletion takes the very pod that was planned for, and no later one', async () => {
		const plan = await planned(k8sDeletePod, target, lab.tools());
		assert.match(`${plan.blast}`, /ReplicaSet pay-7d9f will start another/);
		await lab.kube.delete(pod, { gracePeriodSeconds: 0 }, {}, never);
		await lab.runs(paymentsPods, aPod());
		await refused(carriedOut(k8sDeletePod, plan, lab.tools()), /target changed/);
		assert.equal((await lab.at(pod))?.metadata.deletionTimestamp, undefined);
		await carriedOut(k8sDeletePod, await planned(k8sDeletePod, target, lab.tools()), lab.tools());
		assert.ok((await lab.at(pod))?.metadata.deletionTimestamp);
	});
});
