import type { KubeObject, KubeTool } from '../core/kube-tool.ts';
import { allowed } from './k8s-blast.ts';
import { isolateLabel, ownMetadata, policyName } from './k8s-isolation.ts';

/** An API that is not there, or not ours to look at, has nothing for us. */
const nothingThere = [403, 404];

/** Policies of network plug-ins that deny, where a NetworkPolicy only allows less. */
export const denyNames = ['cilium', 'calico', 'admin'] as const;
export type DenyName = (typeof denyNames)[number];

type Deny = {
	readonly kind: string;
	readonly root: string;
	readonly resource: string;
	readonly isNamespaced: boolean;
	/** Daemon sets of those plug-ins that enforce it. */
	readonly enforcers: RegExp;
	/** Whether nothing gets past it that other policies let through. */
	readonly isWhole: boolean;
	spec(run: string, namespace: string): unknown;
};

const labelOf = (run: string) => ({ matchLabels: { [isolateLabel]: run } });
const anyPod = {
	matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }],
};
const anywhere = [{ namespaces: {} }, { networks: ['0.0.0.0/0', '::/0'] }];

const denies: Readonly<Record<DenyName, Deny>> = {
	/** The pod's own node may still reach it, as with any NetworkPolicy: its probes keep it alive. */
	cilium: {
		kind: 'CiliumNetworkPolicy',
		root: '/apis/cilium.io/v2',
		resource: 'ciliumnetworkpolicies',
		isNamespaced: true,
		enforcers: /^(cilium|anetd)$/,
		isWhole: true,
		spec: (run) => ({
			endpointSelector: labelOf(run),
			ingressDeny: [{ fromEntities: ['world', 'remote-node'] }, { fromEndpoints: [anyPod] }],
			egressDeny: [{ toEntities: ['all'] }],
		}),
	},
	calico: {
		kind: 'NetworkPolicy',
		root: '/apis/projectcalico.org/v3',
		resource: 'networkpolicies',
		isNamespaced: true,
		enforcers: /^(calico-node|canal|rke2-canal)$/,
		isWhole: true,
		spec: (run) => ({
			order: 0,
			selector: `${isolateLabel} == '${run}'`,
			types: ['Ingress', 'Egress'],
			ingress: [{ action: 'Deny' }],
			egress: [{ action: 'Deny' }],
		}),
	},
	/** It knows no peers outside of the cluster that come in: what lets those through must go by itself. */
	admin: {
		kind: 'AdminNetworkPolicy',
		root: '/apis/policy.networking.k8s.io/v1alpha1',
		resource: 'adminnetworkpolicies',
		isNamespaced: false,
		enforcers: /^(ovnkube-node|antrea-agent|kube-ovn-cni|calico-node)$/,
		isWhole: false,
		spec: (run, namespace) => ({
			priority: 0,
			subject: {
				pods: {
					namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
					podSelector: labelOf(run),
				},
			},
			ingress: [{ name: 'nothing-in', action: 'Deny', from: [{ namespaces: {} }] }],
			egress: [{ name: 'nothing-out', action: 'Deny', to: anywhere }],
		}),
	},
};

/** Where the denies of this run are, and under whose name. */
export type DenyPlace = { readonly deny: DenyName; readonly namespace: string };

export type FoundDeny = {
	/** Undefined where this cluster has none that its plug-in is known to enforce. */
	readonly deny?: DenyName;
	/** Why one that would be enforced is not used. */
	readonly note?: string;
};

const mostBytes = 256 * 1024;

/** The deny to isolate with: served by the API, enforced by a plug-in that is seen, and allowed to this user. */
export async function findDeny(
	kube: KubeTool,
	namespace: string,
	daemonSets: readonly string[] | undefined,
	stop: AbortSignal,
): Promise<FoundDeny> {
	for (const deny of denyNames) {
		const { enforcers, kind } = denies[deny];
		if (!daemonSets?.some((name) => enforcers.test(name))) continue;
		if (!(await isServed(kube, denies[deny], stop))) continue;
		const why = await whyForbidden(kube, { deny, namespace }, stop);
		if (why === undefined) return { deny };
		return { note: `no ${kind} denies above other policies: ${why}` };
	}
	return {};
}

/** Whether what other policies let through is closed by it as well. */
export function closesAll(deny: DenyName | undefined): boolean {
	return deny !== undefined && denies[deny].isWhole;
}

export function denyKind(deny: DenyName): string {
	return denies[deny].kind;
}

export function denyObject({ deny, namespace }: DenyPlace, run: string) {
	const { root, kind, isNamespaced, spec } = denies[deny];
	return {
		apiVersion: root.replace('/apis/', ''),
		kind,
		metadata: ownMetadata(run, isNamespaced ? namespace : undefined),
		spec: spec(run, namespace),
	};
}

/** The path of all denies of its kind, or of this run's. */
export function denyPath({ deny, namespace }: DenyPlace, run?: string): string {
	const { root, resource, isNamespaced } = denies[deny];
	const parts = [
		root,
		...(isNamespaced ? ['namespaces', encodeURIComponent(namespace)] : []),
		resource,
		...(run === undefined ? [] : [encodeURIComponent(policyName(run))]),
	];
	return parts.join('/');
}

/** The deny that an isolating run left; undefined where it made none, or this user may not look. */
export async function denyOfRun(
	kube: KubeTool,
	namespace: string,
	run: string,
	isOurs: (object: KubeObject) => boolean,
	stop: AbortSignal,
): Promise<{ readonly deny: DenyName; readonly denyUid: string } | undefined> {
	for (const deny of denyNames) {
		const found = await allowed(
			() => kube.get(denyPath({ deny, namespace }, run), stop),
			nothingThere,
		);
		if (found && isOurs(found)) return { deny, denyUid: found.metadata.uid };
	}
	return undefined;
}

/** Why this user may not make and take away such a deny; undefined where the cluster lets them. */
export async function whyForbidden(
	kube: KubeTool,
	{ deny, namespace }: DenyPlace,
	stop: AbortSignal,
): Promise<string | undefined> {
	const { root, resource, isNamespaced } = denies[deny];
	const group = root.split('/')[2] ?? '';
	const where = isNamespaced ? { namespace } : {};
	for (const verb of ['create', 'delete'] as const) {
		const why = await kube.forbids({ verb, group, resource, ...where }, stop);
		if (why !== undefined) return why;
	}
	return undefined;
}

async function isServed(kube: KubeTool, { root, resource }: Deny, stop: AbortSignal) {
	const text = await allowed(() => kube.text(root, {}, mostBytes, stop), nothingThere);
	return text?.includes(`"name":"${resource}"`) ?? false;
}
