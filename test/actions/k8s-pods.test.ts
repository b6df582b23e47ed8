import assert from 'node:assert/strict';
import { test } from 'node:test';
import { k8sDeletePod } from '../../src/actions/k8s-delete-pod.ts';
import { k8sDescribe } from '../../src/actions/k8s-describe.ts';
import { k8sIsolatePod } from '../../src/actions/k8s-isolate-pod.ts';
import { k8sLabel } from '../../src/actions/k8s-label.ts';
import { k8sLogs } from '../../src/actions/k8s-logs.ts';
import { k8sScale } from '../../src/actions/k8s-scale.ts';
import { k8sTaintNode } from '../../src/actions/k8s-taint-node.ts';
import { aBudget, aDeployment, aNode, aPod, aService, payLabels } from '../support/a-cluster.ts';
import { aKube, payments, paymentsPods } from '../support/a-kube.ts';
import { carriedOut, notesOf, planned, undoAfter } from '../support/done.ts';
import { refused } from '../support/refusals.ts';

const never = new AbortController().signal;
const pod = `${paymentsPods}/pay-7d9f`;
const target = { namespace: 'payments', pod: 'pay-7d9f' };
const deployments = '/apis/apps/v1/namespaces/payments/deployments';
const facts = { who: 'web12/payments', summary: '', ids: [] };

test('a deletion says what comes back and what it costs, and keeps the evidence first', async (t) => {
	const cluster = await aKube(t, { logs: () => 'last words' });
	cluster.has({
		[paymentsPods]: [aPod(), aPod({ name: 'pay-7d9e' })],
		[`${payments}/services`]: [aService('pay', { app: 'pay' })],
		'/apis/policy/v1/namespaces/payments/poddisruptionbudgets': [aBudget('pay', { app: 'pay' }, 0)],
	});
	const plan = await planned(k8sDeletePod, target, cluster.tools());
	assert.deepEqual(plan.blast, [
		'1 of 2 pods of ReplicaSet pay-7d9f',
		'service pay keeps 1 of 2 ready',
		'! disruption budget pay allows no loss now (2 healthy, 2 needed)',
		'ReplicaSet pay-7d9f will start another in its place',
	]);
	const told = await carriedOut(k8sDeletePod, plan, cluster.tools());
	assert.match(JSON.stringify(told), /uid-1.*last words/);
	assert.equal(notesOf(told), 'gone');
	assert.equal(cluster.at(pod), undefined);
});

test('a deletion with the uid of a pod that was replaced is refused by the server itself', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [paymentsPods]: [aPod()] });
	const plan = await planned(k8sDeletePod, target, cluster.tools());
	await cluster.kube.delete(pod, {}, {}, never);
	cluster.has({ [paymentsPods]: [aPod()] });
	await refused(carriedOut(k8sDeletePod, plan, cluster.tools()), /target changed: .*UID/);
	assert.ok(cluster.at(pod));
});

test('a pod that nothing owns will not come back, and the card says so', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [paymentsPods]: [aPod({ owner: undefined })] });
	const { blast } = await planned(k8sDeletePod, target, cluster.tools());
	assert.match(`${blast}`, /nothing owns it: it will not come back/);
});

test('labels keep their old values for the way back, and say which service they steer', async (t) => {
	const cluster = await aKube(t);
	cluster.has({
		[paymentsPods]: [aPod()],
		[`${payments}/services`]: [aService('pay', { app: 'pay' })],
	});
	const labels = { app: null, suspect: 'yes' };
	const plan = await planned(k8sLabel, { ...target, labels }, cluster.tools());
	assert.deepEqual(plan.blast, ['1 pod', 'service pay loses it']);
	assert.deepEqual(plan.dryRun?.lines, ['- label app=pay', '+ label suspect=yes']);
	await carriedOut(k8sLabel, plan, cluster.tools());
	assert.deepEqual(cluster.at(pod)?.metadata.labels, {
		'pod-template-hash': '7d9f',
		suspect: 'yes',
	});
	const undo = await planned(k8sLabel, undoAfter(plan, []).params, cluster.tools());
	await carriedOut(k8sLabel, undo, cluster.tools());
	assert.deepEqual(cluster.at(pod)?.metadata.labels, payLabels);
});

test('a label that somebody else changed since is left alone', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [paymentsPods]: [aPod()] });
	const plan = await planned(k8sLabel, { ...target, labels: { app: 'x' } }, cluster.tools());
	const other = [{ op: 'add', path: '/metadata/labels/app', value: 'theirs' }] as const;
	await cluster.kube.patch(pod, other, {}, never);
	await refused(carriedOut(k8sLabel, plan, cluster.tools()), /label app is now theirs/);
});

test('labels of the cluster and our own are nobody’s to set', async (t) => {
	const cluster = await aKube(t);
	for (const key of [
		'eventctl/isolate',
		'kubernetes.io/hostname',
		'node-role.kubernetes.io/worker',
	]) {
		const labels = { [key]: 'x' };
		await refused(planned(k8sLabel, { ...target, labels }, cluster.tools()), /not the operator's/);
	}
});

test('a scale names who would scale back, and its undo knows the old count', async (t) => {
	const cluster = await aKube(t);
	const spec = {
		scaleTargetRef: { kind: 'Deployment', name: 'pay' },
		minReplicas: 2,
		maxReplicas: 9,
	};
	cluster.has({
		[deployments]: [aDeployment('pay', 3, { 'argocd.argoproj.io/tracking-id': 'x' })],
		'/apis/autoscaling/v2/namespaces/payments/horizontalpodautoscalers': [
			{ metadata: { name: 'pay' }, spec },
		],
	});
	const params = { namespace: 'payments', name: 'pay', replicas: 1 };
	const plan = await planned(k8sScale, params, cluster.tools());
	assert.deepEqual(plan.notes, [
		'autoscaler pay keeps it between 2 and 9 and will scale it again',
		'Argo CD keeps it as its repository has it and will scale it back',
	]);
	await carriedOut(k8sScale, plan, cluster.tools());
	assert.equal(cluster.at(`${deployments}/pay`)?.spec?.['replicas'], 1);
	const back = undoAfter(plan, []).params;
	await carriedOut(k8sScale, await planned(k8sScale, back, cluster.tools()), cluster.tools());
	assert.equal(cluster.at(`${deployments}/pay`)?.spec?.['replicas'], 3);
	await refused(
		planned(k8sScale, { ...back, replicas: 7, from: 5 }, cluster.tools()),
		/scaled pay to 3 since/,
	);
});

test('scaling to nothing is T3', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ [deployments]: [aDeployment('pay', 3)] });
	const plan = await planned(
		k8sScale,
		{ namespace: 'payments', name: 'pay', replicas: 0 },
		cluster.tools(),
	);
	assert.equal(plan.tier, 3);
});

test('logs of a restarted container come with those before its restart', async (t) => {
	const cluster = await aKube(t, { logs: () => 'said' });
	const restarted = aPod();
	const status = { containerStatuses: [{ name: 'main', restartCount: 1 }] };
	cluster.has({ [paymentsPods]: [{ ...restarted, status }] });
	const told = await carriedOut(
		k8sLogs,
		await planned(k8sLogs, target, cluster.tools()),
		cluster.tools(),
	);
	const text = told.flatMap((progress) => (progress.kind === 'output' ? progress.text : []));
	assert.deepEqual(text, ['--- main, before its last restart\nsaid\n', '--- main\nsaid\n']);
	await refused(
		planned(k8sLogs, { ...target, only: 'none' }, cluster.tools()),
		/no container named none/,
	);
});

test('a description holds what identifies the pod, and the cluster’s notes about it', async (t) => {
	const cluster = await aKube(t);
	const involvedObject = { uid: 'uid-1' };
	cluster.has({
		[paymentsPods]: [aPod()],
		[`${payments}/events`]: [
			{ metadata: { name: 'e1' }, involvedObject, reason: 'Killing', message: 'oom' },
		],
	});
	const plan = await planned(k8sDescribe, target, cluster.tools());
	const text = JSON.stringify(await carriedOut(k8sDescribe, plan, cluster.tools()));
	for (const word of ['uid-1', 'web12', 'containerd://abab', 'Killing: oom'])
		assert.ok(text.includes(word), word);
});

test('the menu offers an event of Falco its pod, with the container that proves it', () => {
	const fields = {
		'k8s.ns.name': 'payments',
		'k8s.pod.name': 'pay-7d9f',
		'container.id': 'abababababab',
	};
	assert.deepEqual(k8sIsolatePod.fits(facts, fields), { ...target, container: 'abababababab' });
	assert.deepEqual(k8sIsolatePod.fits(facts, { ...fields, 'container.id': null }), {
		...target,
		container: '<NA>',
	});
	assert.equal(k8sIsolatePod.fits(facts, { ...fields, 'k8s.pod.name': '<NA>' }), undefined);
	assert.equal(
		k8sIsolatePod.fits(facts, { ...fields, 'k8s.pod.name': '../nodes/web12' }),
		undefined,
	);
	assert.equal(k8sIsolatePod.fits(facts, undefined), undefined);
	assert.deepEqual(k8sTaintNode.fits({ ...facts, host: 'web12' }, undefined), { node: 'web12' });
	const audited = {
		'ka.target.namespace': 'payments',
		'ka.target.resource': 'pods',
		'ka.target.name': 'pay-7d9f',
	};
	assert.deepEqual(k8sIsolatePod.fits(facts, audited), target);
	assert.equal(
		k8sIsolatePod.fits(facts, { ...audited, 'ka.target.resource': 'secrets' }),
		undefined,
	);
});

test('a node that is only a host of that name is refused where the cluster has none', async (t) => {
	const cluster = await aKube(t);
	cluster.has({ '/api/v1/nodes': [aNode('web7')] });
	await refused(
		planned(k8sTaintNode, { node: 'web12' }, cluster.tools()),
		/there is no node web12 in lab/,
	);
});
