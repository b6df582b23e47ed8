import type { Draft } from '../../src/lab/kube-store.ts';

/** Objects as a cluster holds them; the test names what it is about. */

type Labels = Readonly<Record<string, string>>;

export const payLabels: Labels = { app: 'pay', 'pod-template-hash': '7d9f' };

export type PodOf = {
	readonly name?: string;
	readonly labels?: Labels;
	readonly annotations?: Labels;
	readonly node?: string;
	readonly owner?: string | undefined;
	readonly ownerKind?: string;
	readonly container?: string;
	readonly spec?: object;
};

export function aPod(of: PodOf = {}): Draft {
	const { name = 'pay-7d9f', labels = payLabels, node = 'web12', container = 'ab'.repeat(32) } = of;
	const { owner = 'pay-7d9f', ownerKind = 'ReplicaSet', annotations } = of;
	const owned = {
		apiVersion: 'apps/v1',
		kind: ownerKind,
		name: owner,
		uid: `uid-of-${owner}`,
		controller: true,
	};
	const hasOwner = !('owner' in of) || of.owner !== undefined;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			labels,
			...(annotations ? { annotations } : {}),
			...(hasOwner ? { ownerReferences: [owned] } : {}),
		},
		spec: { nodeName: node, containers: [{ name: 'main', image: 'pay:2' }], ...of.spec },
		status: {
			phase: 'Running',
			podIP: '10.42.1.7',
			conditions: [{ type: 'Ready', status: 'True' }],
			containerStatuses: [
				{
					name: 'main',
					image: 'pay:2',
					containerID: `containerd://${container}`,
					ready: true,
					restartCount: 0,
				},
			],
		},
	};
}

export function aNode(name = 'web12', spec: object = {}, labels: Labels = {}): Draft {
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: { name, labels },
		spec,
		status: { nodeInfo: { bootID: `boot-of-${name}`, kubeletVersion: 'v1.34.2' }, conditions: [] },
	};
}

export function aService(name: string, selector: Labels): Draft {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: { name },
		spec: { selector, ports: [{ port: 80 }] },
	};
}

export function aPolicy(name: string, spec: object): Draft {
	return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec };
}

export function aReplicaSet(name: string, matchLabels: Labels, replicas = 2): Draft {
	const template = {
		metadata: { labels: matchLabels },
		spec: { containers: [{ name: 'main', image: 'pay:2' }] },
	};
	const spec = { replicas, selector: { matchLabels }, template };
	return { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name }, spec };
}

export function aDeployment(name: string, replicas: number, annotations: Labels = {}): Draft {
	const matchLabels = { app: name };
	const template = {
		metadata: { labels: matchLabels },
		spec: { containers: [{ name: 'main', image: 'pay:2' }] },
	};
	const spec = { replicas, selector: { matchLabels }, template };
	const status = { readyReplicas: replicas };
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: { name, annotations },
		spec,
		status,
	};
}

export function aBudget(name: string, matchLabels: Labels, disruptionsAllowed: number): Draft {
	const status = { disruptionsAllowed, currentHealthy: 2, desiredHealthy: 2 - disruptionsAllowed };
	const spec = { minAvailable: status.desiredHealthy, selector: { matchLabels } };
	return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec, status };
}

export function aDaemonSet(name: string): Draft {
	return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name }, spec: { selector: {} } };
}
