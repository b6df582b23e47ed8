import type { Chance } from './chance.ts';

/** A node of the lab's cluster; its host has the same name. */
type Node = { readonly name: string; isCordoned: boolean; readonly taints: string[] };

/** A pod as it stands now. */
export type Pod = {
	readonly ns: string;
	readonly name: string;
	readonly uid: string;
	readonly node: string;
	readonly image: string;
	readonly tag: string;
	/** Twelve hex digits, as Falco names it. */
	readonly container: string;
	readonly address: string;
	/** Whether a network policy lets nothing in or out. */
	isIsolated: boolean;
};

export type Cluster = { readonly nodes: Node[]; readonly pods: Pod[] };

const deployments = [
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
	const nodes = ['web12', 'web7', 'web99'].map((name) => ({ name, isCordoned: false, taints: [] }));
	const pods = deployments.flatMap(({ ns, app, tag, nodes }) =>
		nodes.map((node, index) => aPod(chance, { ns, app, tag, node, index })),
	);
	return { nodes, pods };
}

/** The first pod of a namespace on a node; undefined once it was moved or deleted. */
export function podOn(cluster: Cluster, ns: string, node: string): Pod | undefined {
	return cluster.pods.find((pod) => pod.ns === ns && pod.node === node);
}

type Place = {
	readonly ns: string;
	readonly app: string;
	readonly tag: string;
	readonly node: string;
	readonly index: number;
};

function aPod(chance: Chance, { ns, app, tag, node, index }: Place): Pod {
	const uid = [8, 4, 4, 4, 12].map((digits) => chance.hex(digits)).join('-');
	return {
		ns,
		name: `${app}-7d9f${chance.hex(5)}-${chance.hex(5)}`,
		uid,
		node,
		image: `registry.example.com/shop/${app}`,
		tag,
		container: chance.hex(12),
		address: `10.42.${index + 1}.${chance.whole(10, 240)}`,
		isIsolated: false,
	};
}
