import type { Chance } from './chance.ts';

/** A node of the lab's cluster; its host has the same name. */
export type Node = { readonly name: string; isCordoned: boolean; taints: number };

/** A pod as it stands now. */
export type Pod = {
	readonly ns: string;
	/** Its deployment. */
	readonly app: string;
	readonly name: string;
	readonly uid: string;
	readonly node: string;
	readonly image: string;
	readonly tag: string;
	/** The first twelve hex digits of its container's id, as Falco names it. */
	readonly container: string;
	readonly address: string;
	/** Whether a network policy lets nothing in or out. */
	isIsolated: boolean;
};

export type Deployment = {
	readonly ns: string;
	readonly app: string;
	readonly tag: string;
	/** Its replica set. */
	readonly set: string;
	replicas: number;
};

/** What the story plays with; where there is an API server, what it is told changes this. */
export type Cluster = {
	readonly nodes: Node[];
	readonly deployments: readonly Deployment[];
	readonly pods: Pod[];
};

const plan = [
	{
		ns: 'payments',
		app: 'pay',
		tag: '2.14.1',
		nodes: ['web12', 'web12', 'web7', 'web7', 'web99', 'web99'],
	},
	{ ns: 'search', app: 'search', tag: '8.3.0', nodes: ['web12', 'web7', 'web7', 'web99'] },
	{ ns: 'cart', app: 'cart', tag: '1.9.4', nodes: ['web12', 'web99'] },
] as const;

export function labCluster(chance: Chance): Cluster {
	const nodes = ['web12', 'web7', 'web99'].map((name) => ({ name, isCordoned: false, taints: 0 }));
	const deployments = plan.map(({ ns, app, tag, nodes }) => {
		const set = `${app}-7d9f${chance.hex(5)}`;
		return { ns, app, tag, set, replicas: nodes.length };
	});
	const pods = deployments.flatMap((deployment, at) =>
		(plan[at]?.nodes ?? []).map((node) => aPod(chance, deployment, node)),
	);
	return { nodes, deployments, pods };
}

/** The first pod of a namespace on a node; undefined once it was moved or deleted. */
export function podOn(cluster: Cluster, ns: string, node: string): Pod | undefined {
	return cluster.pods.find((pod) => pod.ns === ns && pod.node === node);
}

/** One more pod of a deployment, under a name and a uid that no pod had before. */
export function aPod(chance: Chance, { ns, app, tag, set }: Deployment, node: string): Pod {
	return {
		ns,
		app,
		name: `${set}-${chance.hex(5)}`,
		uid: anUid(chance),
		node,
		image: `registry.example.com/shop/${app}`,
		tag,
		container: chance.hex(12),
		address: `10.42.${chance.whole(1, 6)}.${chance.whole(10, 240)}`,
		isIsolated: false,
	};
}

export function anUid(chance: Chance): string {
	return [8, 4, 4, 4, 12].map((digits) => chance.hex(digits)).join('-');
}
