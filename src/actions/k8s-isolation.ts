import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import { allowed, type Surroundings, servicesOf } from './k8s-blast.ts';
import { pointer } from './k8s-change.ts';
import { grips, type Labels, type Selector, selects } from './k8s-labels.ts';
import { controllerOf, ownerOf, type Pod, type Policy, policyOf } from './k8s-objects.ts';
import { pathOf, type Resource } from './k8s-paths.ts';

export const isolateLabel = 'eventctl/isolate';
export const labelsBefore = 'eventctl/labels-before';
export const runAnnotation = 'eventctl/run';

const owners: Readonly<Record<string, Resource>> = {
	ReplicaSet: 'replicasets',
	StatefulSet: 'statefulsets',
	DaemonSet: 'daemonsets',
};
export function policyName(run: string): string {
	return `eventctl-isolate-${run.toLowerCase()}`;
}

/** What an object of ours says of itself; one of the whole cluster has no namespace. */
export function ownMetadata(run: string, namespace: string | undefined) {
	return {
		name: policyName(run),
		...(namespace === undefined ? {} : { namespace }),
		labels: { 'app.kubernetes.io/managed-by': 'eventctl' },
		annotations: { [runAnnotation]: run },
	};
}

/** Selects the one pod that carries the run's label, and lets nothing in or out. */
export function policyFor(run: string, namespace: string) {
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'NetworkPolicy',
		metadata: ownMetadata(run, namespace),
		spec: {
			podSelector: { matchLabels: { [isolateLabel]: run } },
			policyTypes: ['Ingress', 'Egress'],
		},
	};
}

/** The policies that let something through to or from a pod with these labels: they add up, and ours takes nothing away. */
export function openings(policies: readonly Policy[], labels: Labels): readonly Policy[] {
	return policies.filter(
		({ spec }) =>
			(spec.ingress?.length || spec.egress?.length) && selects(spec.podSelector, labels),
	);
}

export async function policiesOf(
	kube: KubeTool,
	namespace: string,
	stop: AbortSignal,
): Promise<readonly Policy[]> {
	return (await kube.list(pathOf('networkpolicies', { namespace }), {}, stop)).map(policyOf);
}

/** What the pod's owner selects by; undefined where it has none of a kind we know, or we may not look. */
export async function ownerSelector(
	kube: KubeTool,
	pod: Pod,
	stop: AbortSignal,
): Promise<Selector | undefined> {
	const owner = controllerOf(pod);
	const resource = owner && owners[owner.kind];
	if (!resource) return undefined;
	const { namespace = '' } = pod.metadata;
	const found = await allowed(() =>
		kube.get(pathOf(resource, { namespace, name: owner.name }), stop),
	);
	return found && ownerOf(found).spec.selector;
}

/** The labels that must go so that what is open closes; with `isEvidence` also those that services and owner hold it by. */
export function labelsToCut(
	{ metadata: { labels = {} } }: Pod,
	held: {
		readonly policies: readonly Policy[];
		readonly around: Surroundings;
		readonly owner: Selector | undefined;
		readonly isEvidence: boolean;
	},
): Labels {
	const byPolicies = openings(held.policies, labels).flatMap(({ spec }) => grips(spec.podSelector));
	const byServices = servicesOf(labels, held.around).flatMap(({ spec }) =>
		Object.keys(spec.selector),
	);
	const byOwner = held.owner ? grips(held.owner) : [];
	const keys = held.isEvidence ? [...byPolicies, ...byServices, ...byOwner] : byPolicies;
	return Object.fromEntries(Object.entries(labels).filter(([key]) => keys.includes(key)));
}

/** The pod's labels as the deed leaves them; what was taken off is kept beside them. */
export function marks(
	{ metadata }: Pick<KubeObject, 'metadata'>,
	cut: Labels,
	run: string,
): JsonPatch {
	const { labels, annotations } = metadata;
	const gone = Object.keys(cut).map(
		(key) => ({ op: 'remove', path: pointer('metadata', 'labels', key) }) as const,
	);
	const label = labels
		? ({ op: 'add', path: pointer('metadata', 'labels', isolateLabel), value: run } as const)
		: ({ op: 'add', path: '/metadata/labels', value: { [isolateLabel]: run } } as const);
	if (gone.length === 0) return [label];
	const before = JSON.stringify(cut);
	const saved = annotations
		? ({
				op: 'add',
				path: pointer('metadata', 'annotations', labelsBefore),
				value: before,
			} as const)
		: ({ op: 'add', path: '/metadata/annotations', value: { [labelsBefore]: before } } as const);
	return [...gone, label, saved];
}
