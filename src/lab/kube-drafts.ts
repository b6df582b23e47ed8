import type { Cluster, Deployment, Node, Pod } from './cluster.ts';
import type { Draft } from './kube-store.ts';

const managed = { 'app.kubernetes.io/part-of': 'shop' };
/** How many pods of each may never be missing. */
const budgets: Readonly<Record<string, number>> = { pay: 4, search: 3, cart: 2 };

/** Everything that stands in the cluster at first, by the path of its collection. */
export function seedDrafts(cluster: Cluster): readonly (readonly [string, readonly Draft[]])[] {
	const { nodes, deployments, pods } = cluster;
	return [
		['/api/v1/nodes', nodes.map(nodeDraft)],
		...deployments.flatMap((deployment) => {
			const { ns } = deployment;
			const own = pods.filter((pod) => pod.ns === ns).map((pod) => podDraft(pod, deployment));
			return [
				[`/apis/apps/v1/namespaces/${ns}/deployments`, [deploymentDraft(deployment)]],
				[`/apis/apps/v1/namespaces/${ns}/replicasets`, [replicaSetDraft(deployment)]],
				[`/api/v1/namespaces/${ns}/services`, [serviceDraft(deployment)]],
				[`/apis/policy/v1/namespaces/${ns}/poddisruptionbudgets`, [budgetDraft(deployment)]],
				[`/api/v1/namespaces/${ns}/pods`, own],
			] as const;
		}),
		['/apis/apps/v1/namespaces/kube-system/daemonsets', [daemonSetDraft('calico-node')]],
		['/apis/apps/v1/namespaces/falco/daemonsets', [daemonSetDraft('falco')]],
		['/api/v1/namespaces/falco/pods', nodes.map(sensorDraft)],
	];
}

function nodeDraft({ name }: Node): Draft {
	return {
		...{ apiVersion: 'v1', kind: 'Node' },
		metadata: { name, labels: { 'kubernetes.io/hostname': name } },
		spec: {},
		status: {
			nodeInfo: { bootID: `lab-boot-of-${name}`, kubeletVersion: 'v1.34.2' },
			conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
		},
	};
}

export function podDraft(pod: Pod, deployment: Deployment): Draft {
	const { name, uid, app } = pod;
	const owner = {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		name: deployment.set,
		uid: setUid(deployment),
		controller: true,
	};
	return {
		...{ apiVersion: 'v1', kind: 'Pod' },
		metadata: { name, uid, labels: podLabels(deployment), ownerReferences: [owner] },
		spec: { nodeName: pod.node, containers: [{ name: app, image: `${pod.image}:${pod.tag}` }] },
		status: runningStatus(pod),
	};
}

function runningStatus({ app, image, tag, container, address }: Pod) {
	const containerID = `containerd://${container.padEnd(64, container)}`;
	return {
		phase: 'Running',
		podIP: address,
		conditions: [{ type: 'Ready', status: 'True' }],
		containerStatuses: [
			{
				name: app,
				image: `${image}:${tag}`,
				containerID,
				ready: true,
				restartCount: 0,
				state: { running: {} },
			},
		],
	};
}

/** The sensor itself runs on every node: a drain leaves it there. */
function sensorDraft({ name: node }: Node): Draft {
	const owner = {
		apiVersion: 'apps/v1',
		kind: 'DaemonSet',
		name: 'falco',
		uid: 'lab-falco',
		controller: true,
	};
	return {
		...{ apiVersion: 'v1', kind: 'Pod' },
		metadata: { name: `falco-${node}`, labels: { app: 'falco' }, ownerReferences: [owner] },
		spec: { nodeName: node, containers: [{ name: 'falco', image: 'falco:0.41' }] },
		status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
	};
}

function deploymentDraft({ ns, app, replicas }: Deployment): Draft {
	return {
		...{ apiVersion: 'apps/v1', kind: 'Deployment' },
		metadata: { name: app, namespace: ns, labels: managed },
		spec: { replicas, selector: { matchLabels: { app } } },
		status: { readyReplicas: replicas },
	};
}

function replicaSetDraft(deployment: Deployment): Draft {
	return {
		...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
		metadata: { name: deployment.set, uid: setUid(deployment) },
		spec: { replicas: deployment.replicas, selector: { matchLabels: podLabels(deployment) } },
	};
}

function serviceDraft({ app }: Deployment): Draft {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: { name: app },
		spec: { selector: { app } },
	};
}

function budgetDraft({ app }: Deployment): Draft {
	return {
		...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
		metadata: { name: `${app}-min` },
		spec: { minAvailable: budgets[app] ?? 0, selector: { matchLabels: { app } } },
	};
}

function daemonSetDraft(name: string): Draft {
	return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name }, spec: { selector: {} } };
}

function podLabels({ app, set }: Deployment) {
	return { app, 'pod-template-hash': set.slice(app.length + 1) };
}

function setUid({ set }: Deployment): string {
	return `lab-${set}`;
}
