import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { k8sIsolatePod } from '../../src/actions/k8s-isolate-pod.ts';
import { k8sReleasePod } from '../../src/actions/k8s-release-pod.ts';
import { openHost } from '../../src/actions/this-host.ts';
import type { KubeNature } from '../../src/lab/kube-api.ts';
import {
	aDaemonSet,
	aPod,
	aPolicy,
	aReplicaSet,
	aService,
	payLabels,
} from '../support/a-cluster.ts';
import { type AKube, aKube, payments, paymentsPods, paymentsPolicies } from '../support/a-kube.ts';
import { carriedOut, notesOf, planned, undoAfter } from '../support/done.ts';
import { refused } from '../support/refusals.ts';

const pod = `${paymentsPods}/pay-7d9f`;
const target = { namespace: 'payments', pod: 'pay-7d9f' };

/** A deployment's two pods behind a service, in a cluster that enforces policies. */
async function aShop(
	t: TestContext,
	nature: KubeNature = {},
	plugIn = 'calico-node',
): Promise<AKube> {
	const shop = await aKube(t, nature);
	shop.has({
		[paymentsPods]: [aPod(), aPod({ name: 'pay-7d9e' })],
		[`${payments}/services`]: [aService('pay', { app: 'pay' })],
		'/apis/apps/v1/namespaces/payments/replicasets': [aReplicaSet('pay-7d9f', payLabels)],
		'/apis/apps/v1/namespaces/kube-system/daemonsets': [aDaemonSet(plugIn)],
	});
	return shop;
}

test('an isolated pod carries our label, our policy selects it, and nothing else changed', async (t) => {
	const shop = await aShop(t);
	const before = shop.at(pod);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	assert.deepEqual(plan.dryRun, {
		isGood: true,
		says: 'the server would take it',
		lines: ['+ NetworkPolicy payments/eventctl-isolate-r-0001', '+ label eventctl/isolate=R-0001'],
	});
	assert.deepEqual(shop.at(pod), before);
	await carriedOut(k8sIsolatePod, plan, shop.tools());
	const after = shop.at(pod);
	assert.deepEqual(after?.metadata.labels, { ...payLabels, 'eventctl/isolate': 'R-0001' });
	assert.deepEqual({ ...after, metadata: 0 }, { ...before, metadata: 0 });
	const policy = shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`);
	assert.deepEqual(policy?.spec, {
		podSelector: { matchLabels: { 'eventctl/isolate': 'R-0001' } },
		policyTypes: ['Ingress', 'Egress'],
	});
});

test('the release restores the pod exactly and takes the policy away', async (t) => {
	const shop = await aShop(t);
	shop.has({
		[paymentsPolicies]: [
			aPolicy('pay', { podSelector: { matchLabels: { app: 'pay' } }, ingress: [{}] }),
		],
	});
	const before = shop.at(pod);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
	assert.equal(shop.at(pod)?.metadata.labels?.['app'], undefined);
	const undo = await planned(k8sReleasePod, undoAfter(plan, told).params, shop.tools('R-0002'));
	await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'));
	const after = shop.at(pod);
	assert.deepEqual(after?.metadata.labels, before?.metadata.labels);
	assert.equal(after?.metadata.annotations?.['eventctl/labels-before'], undefined);
	assert.equal(shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
	assert.ok(shop.at(`${paymentsPolicies}/pay`));
});

test('a policy that lets something through loses its grip on the pod; one that selects everything is named', async (t) => {
	const shop = await aShop(t);
	shop.has({
		[paymentsPolicies]: [
			aPolicy('pay', { podSelector: { matchLabels: { app: 'pay' } }, ingress: [{}] }),
			aPolicy('dns', { podSelector: {}, egress: [{}] }),
			aPolicy('deny', { podSelector: {}, policyTypes: ['Ingress'] }),
		],
	});
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	assert.ok(plan.dryRun?.lines.includes('- label app=pay'));
	assert.match(`${plan.notes}`, /policy dns still lets through/);
	assert.doesNotMatch(`${plan.notes}`, /policy deny/);
	assert.match(`${plan.blast}`, /ReplicaSet pay-7d9f lets go of it/);
});

test('kept as evidence, the pod also leaves its service and its owner', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, { ...target, evidence: true }, shop.tools());
	await carriedOut(k8sIsolatePod, plan, shop.tools());
	assert.deepEqual(shop.at(pod)?.metadata.labels, { 'eventctl/isolate': 'R-0001' });
});

test('the card says how far it reaches: siblings and service', async (t) => {
	const shop = await aShop(t);
	const { blast, notes } = await planned(k8sIsolatePod, target, shop.tools());
	assert.deepEqual(blast, ['1 of 2 pods of ReplicaSet pay-7d9f', 'service pay keeps 1 of 2 ready']);
	assert.doesNotMatch(`${notes}`, /not enforced/);
});

test('a cluster in which nothing is known to enforce policies is said to change nothing', async (t) => {
	const shop = await aKube(t);
	shop.has({ [paymentsPods]: [aPod()] });
	assert.match(
		`${(await planned(k8sIsolatePod, target, shop.tools())).notes}`,
		/not enforced here/,
	);
});

test('a pod on its node’s network is refused: policies do not reach it', async (t) => {
	const shop = await aKube(t);
	shop.has({ [paymentsPods]: [aPod({ spec: { hostNetwork: true } })] });
	await refused(planned(k8sIsolatePod, target, shop.tools()), /node's network/);
});

for (const [container, words] of [
	['ab'.repeat(6), undefined],
	['cd'.repeat(6), /target changed: payments\/pay-7d9f has no container cdcd/],
	['<NA>', /names no container/],
	['', /names no container/],
] as const) {
	test(`an event's container "${container}" ${words ? 'is not the pod’s: refused' : 'proves the pod'}`, async (t) => {
		const shop = await aShop(t);
		const plan = planned(k8sIsolatePod, { ...target, container }, shop.tools());
		await (words ? refused(plan, words) : plan);
	});
}

for (const [why, place, of] of [
	['of the system', 'kube-system', {}],
	['of critical priority', 'payments', { spec: { priorityClassName: 'system-node-critical' } }],
	[
		'that mirrors a static one',
		'payments',
		{ annotations: { 'kubernetes.io/config.mirror': 'x' } },
	],
	['that its node owns', 'payments', { ownerKind: 'Node' }],
] as const) {
	test(`a pod ${why} is protected`, async (t) => {
		const shop = await aKube(t);
		shop.has({ [`/api/v1/namespaces/${place}/pods`]: [aPod(of)] });
		await refused(
			planned(k8sIsolatePod, { ...target, namespace: place }, shop.tools()),
			/is protected/,
		);
	});
}

test('a user without rights is told so before anything is offered, right by right', async (t) => {
	const shop = await aKube(t, {
		forbids: (verb) => (verb === 'create' || verb === 'patch' ? 'RBAC: no rule' : undefined),
	});
	shop.has({ [paymentsPods]: [aPod()] });
	const words =
		/does not let this user create networkpolicies in payments: RBAC: no rule; .* patch pods/;
	await refused(planned(k8sIsolatePod, target, shop.tools()), words);
});

test('a pod that was replaced under its name is not touched: target changed, and no policy stays', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	await shop.kube.delete(pod, {}, {}, new AbortController().signal);
	shop.has({ [paymentsPods]: [aPod()] });
	const why = await k8sIsolatePod.precheck(plan, shop.tools(), new AbortController().signal);
	assert.match(`${why}`, /^target changed: pod payments\/pay-7d9f is now uid-/);
	await refused(carriedOut(k8sIsolatePod, plan, shop.tools()), /target changed/);
	assert.equal(shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
	assert.deepEqual(shop.at(pod)?.metadata.labels, payLabels);
});

test('isolated already, it is left to the run that did it', async (t) => {
	const shop = await aShop(t);
	await carriedOut(k8sIsolatePod, await planned(k8sIsolatePod, target, shop.tools()), shop.tools());
	const again = await planned(k8sIsolatePod, target, shop.tools('R-0002'));
	assert.ok('none' in again.undo);
	assert.equal(notesOf(await carriedOut(k8sIsolatePod, again, shop.tools('R-0002'))), 'already');
	assert.equal(shop.at(pod)?.metadata.labels?.['eventctl/isolate'], 'R-0001');
});

test('the release of a pod that is gone only takes the policy away', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
	const { params } = undoAfter(plan, told);
	await shop.kube.delete(pod, {}, {}, new AbortController().signal);
	shop.has({ [paymentsPods]: [aPod()] });
	const undo = await planned(k8sReleasePod, params, shop.tools('R-0002'));
	await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'));
	assert.equal(shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
	assert.deepEqual(shop.at(pod)?.metadata.labels, payLabels);
});

test('a label that somebody else set since is not changed back', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, { ...target, evidence: true }, shop.tools());
	const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
	const add = [{ op: 'add', path: '/metadata/labels/app', value: 'theirs' }] as const;
	await shop.kube.patch(pod, add, {}, new AbortController().signal);
	const undo = planned(k8sReleasePod, undoAfter(plan, told).params, shop.tools('R-0002'));
	await refused(undo, /somebody set label app=theirs since/);
});

test('released once, releasing again changes nothing and says so', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
	const undo = await planned(k8sReleasePod, undoAfter(plan, told).params, shop.tools('R-0002'));
	await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'));
	assert.equal(notesOf(await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'))), 'already');
});

test('by name alone the release reads off the pod what it needs', async (t) => {
	const shop = await aShop(t);
	const plan = await planned(k8sIsolatePod, { ...target, evidence: true }, shop.tools());
	await carriedOut(k8sIsolatePod, plan, shop.tools());
	const undo = await planned(k8sReleasePod, target, shop.tools('R-0002'));
	await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'));
	assert.deepEqual(shop.at(pod)?.metadata.labels, payLabels);
	assert.equal(shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
});

const plugIns = [
	{
		name: 'cilium',
		groups: { '/apis/cilium.io/v2': ['ciliumnetworkpolicies'] },
		path: '/apis/cilium.io/v2/namespaces/payments/ciliumnetworkpolicies',
		isWhole: true,
	},
	{
		name: 'calico-node',
		groups: { '/apis/projectcalico.org/v3': ['networkpolicies'] },
		path: '/apis/projectcalico.org/v3/namespaces/payments/networkpolicies',
		isWhole: true,
	},
	{
		name: 'ovnkube-node',
		groups: { '/apis/policy.networking.k8s.io/v1alpha1': ['adminnetworkpolicies'] },
		path: '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies',
		isWhole: false,
	},
] as const;
const openPolicy = aPolicy('pay', { podSelector: { matchLabels: { app: 'pay' } }, ingress: [{}] });

for (const { name, groups, path, isWhole } of plugIns) {
	test(`where ${name} enforces a deny of its own, that stands above what other policies allow`, async (t) => {
		const shop = await aShop(t, { groups }, name);
		shop.has({ [paymentsPolicies]: [openPolicy] });
		const before = shop.at(pod);
		const plan = await planned(k8sIsolatePod, target, shop.tools());
		assert.equal(plan.steps.length, 3);
		assert.equal(plan.dryRun?.lines.includes('- label app=pay'), !isWhole);
		const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
		const deny = shop.at(`${path}/eventctl-isolate-r-0001`);
		assert.match(JSON.stringify(deny?.spec), /R-0001/);
		assert.equal(deny?.metadata.annotations?.['eventctl/run'], 'R-0001');
		assert.equal(shop.at(pod)?.metadata.labels?.['app'], isWhole ? 'pay' : undefined);
		const undo = await planned(k8sReleasePod, undoAfter(plan, told).params, shop.tools('R-0002'));
		await carriedOut(k8sReleasePod, undo, shop.tools('R-0002'));
		assert.equal(shop.at(`${path}/eventctl-isolate-r-0001`), undefined);
		assert.deepEqual(shop.at(pod)?.metadata.labels, before?.metadata.labels);
	});
}

test('a deny whose uid nobody could write down is found by its name', async (t) => {
	const [{ name, groups, path }] = plugIns;
	const shop = await aShop(t, { groups }, name);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	const told = await carriedOut(k8sIsolatePod, plan, shop.tools());
	const { denyUid: _, ...early } = undoAfter(plan, told).params;
	for (const params of [early, target]) {
		const undo = await planned(k8sReleasePod, params, shop.tools('R-0002'));
		assert.equal(undo.params['denyUid'], shop.at(`${path}/eventctl-isolate-r-0001`)?.metadata.uid);
	}
});

test('who may not make a deny is told so, and isolates without it', async (t) => {
	const [{ name, groups }] = plugIns;
	const forbids = (_verb: string, resource: string) =>
		resource === 'ciliumnetworkpolicies' ? 'olga may not' : undefined;
	const shop = await aShop(t, { groups, forbids }, name);
	shop.has({ [paymentsPolicies]: [openPolicy] });
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	assert.equal(plan.steps.length, 2);
	assert.match(
		`${plan.notes}`,
		/no CiliumNetworkPolicy denies above other policies: .*olga may not/,
	);
	assert.ok(plan.dryRun?.lines.includes('- label app=pay'));
});

test('where the pod cannot be labelled, neither policy nor deny stays', async (t) => {
	const [{ name, groups, path }] = plugIns;
	const shop = await aShop(t, { groups }, name);
	const plan = await planned(k8sIsolatePod, target, shop.tools());
	await shop.kube.delete(pod, {}, {}, new AbortController().signal);
	await refused(carriedOut(k8sIsolatePod, plan, shop.tools()), /target changed/);
	assert.equal(shop.at(`${path}/eventctl-isolate-r-0001`), undefined);
	assert.equal(shop.at(`${paymentsPolicies}/eventctl-isolate-r-0001`), undefined);
});

test('the connections that go on are listed, where the pod’s node can be looked into', async (t) => {
	const shop = await aShop(t);
	const tables: Readonly<Record<string, string>> = {
		'/proc/4711/net/tcp': [
			'  sl  local_address rem_address   st',
			'   0: 07012A0A:C940 077100CB:115C 01 0',
			'   1: 0100007F:1F90 0100007F:C0DE 01 0',
			'   2: 00000000:1F90 00000000:0000 0A 0',
		].join('\n'),
	};
	const node = await openHost('localhost', {});
	const looked: string[] = [];
	const tools = {
		...shop.tools(),
		host: async (name: string) => ({
			...node,
			async command(argv: readonly string[]) {
				looked.push(name, ...argv);
				return { ...nothingRan, exitCode: 0, stdout: '/proc/4711/cgroup\n' };
			},
			read: async (path: string) => tables[path],
		}),
	};
	const plan = await planned(k8sIsolatePod, target, tools);
	const told = await carriedOut(k8sIsolatePod, plan, tools);
	assert.equal(notesOf(told), '1 open connection goes on: 203.0.113.7:4444 → 10.42.1.7:51520');
	assert.ok(looked.includes('web12') && looked.includes('ab'.repeat(32)));
});

const nothingRan = {
	signal: undefined,
	isCut: false,
	stderr: '',
	leftOut: 0,
	base64: [],
	survivors: [],
};
