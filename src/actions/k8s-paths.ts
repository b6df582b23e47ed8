const roots = {
	pods: '/api/v1',
	nodes: '/api/v1',
	services: '/api/v1',
	events: '/api/v1',
	replicasets: '/apis/apps/v1',
	deployments: '/apis/apps/v1',
	statefulsets: '/apis/apps/v1',
	daemonsets: '/apis/apps/v1',
	horizontalpodautoscalers: '/apis/autoscaling/v2',
	networkpolicies: '/apis/networking.k8s.io/v1',
	poddisruptionbudgets: '/apis/policy/v1',
} as const;

export type Resource = keyof typeof roots;

export type Place = {
	readonly namespace?: string;
	readonly name?: string;
	readonly subresource?: string;
};

/** The path of a resource: of all of them, of a namespace's, of one. */
export function pathOf(resource: Resource, { namespace, name, subresource }: Place = {}): string {
	const parts = [
		roots[resource],
		...(namespace === undefined ? [] : ['namespaces', encodeURIComponent(namespace)]),
		resource,
		...(name === undefined ? [] : [encodeURIComponent(name)]),
		...(subresource === undefined ? [] : [subresource]),
	];
	return parts.join('/');
}

/** The API group, as access rules name it; empty for the core. */
export function groupOf(resource: Resource): string {
	return roots[resource].split('/').at(-2)?.replace('api', '') ?? '';
}
