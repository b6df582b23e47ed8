import { Refusal } from '../core/action.ts';
import type { KubeTool } from '../core/kube-tool.ts';
import { type Node, nameOf, type Pod } from './k8s-objects.ts';

const systemNamespaces = ['kube-system', 'kube-public', 'kube-node-lease'];
const systemPriorities = ['system-node-critical', 'system-cluster-critical'];
const controlPlane = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Why nobody may do anything to what lives in this namespace. */
export function whyProtectedNamespace(kube: KubeTool, namespace: string): string | undefined {
	if (systemNamespaces.includes(namespace)) return `${namespace} belongs to the cluster itself`;
	if (namespace === kube.self.namespace) return `eventctl itself runs in ${namespace}`;
	return undefined;
}

/** Why nobody may touch this pod. */
export function whyProtectedPod(kube: KubeTool, { metadata, spec }: Pod): string | undefined {
	if (isMirror(metadata)) return 'it is a static pod, which its node starts again';
	if (systemPriorities.includes(spec.priorityClassName)) {
		return `its priority is ${spec.priorityClassName}`;
	}
	return whyProtectedNamespace(kube, metadata.namespace ?? '');
}

/** Why nobody may touch this node. */
export function whyProtectedNode(kube: KubeTool, { metadata, status }: Node): string | undefined {
	if (controlPlane.some((key) => metadata.labels?.[key] !== undefined)) {
		return 'it carries the control plane';
	}
	const { bootID } = status.nodeInfo;
	return bootID !== '' && bootID === kube.self.bootId ? 'eventctl itself runs on it' : undefined;
}

/** Throws a Refusal where there is a reason. */
export function refuseProtected(name: string, why: string | undefined): void {
	if (why !== undefined) throw new Refusal(`${name} is protected: ${why}`);
}

export function refuseProtectedPod(kube: KubeTool, pod: Pod): void {
	refuseProtected(nameOf(pod), whyProtectedPod(kube, pod));
}

function isMirror({ annotations, ownerReferences }: Pod['metadata']): boolean {
	const isOwnedByNode = ownerReferences?.some(({ kind }) => kind === 'Node') ?? false;
	return annotations?.['kubernetes.io/config.mirror'] !== undefined || isOwnedByNode;
}
