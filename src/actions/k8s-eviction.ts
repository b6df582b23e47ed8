import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Plan } from '../core/plan.ts';
import { controllerOf, type Pod } from './k8s-objects.ts';
import { whyProtectedPod } from './k8s-protected.ts';

/** A pod that a plan evicts: its target, and the step that does it. */
export type Leaving = {
	readonly namespace: string;
	readonly pod: string;
	readonly name: string;
	readonly uid: string;
	readonly step: number;
};

/** The pods of a drain's plan: its first target is the node, its first step the cordon. */
export function leavingOf({ targets }: Plan): readonly Leaving[] {
	return targets.slice(1).map(({ name, pins }, at) => {
		const [namespace = '', pod = ''] = name.split('/');
		return { namespace, pod, name, uid: pins['uid'] ?? '', step: at + 1 };
	});
}

export function evictionOf({ namespace, pod, uid }: Pick<Leaving, 'namespace' | 'pod' | 'uid'>) {
	return {
		apiVersion: 'policy/v1',
		kind: 'Eviction',
		metadata: { name: pod, namespace },
		deleteOptions: { preconditions: { uid } },
	};
}

export function cordoning({ spec }: KubeObject): JsonPatch | undefined {
	if (spec?.['unschedulable'] === true) return undefined;
	return [{ op: 'add', path: '/spec/unschedulable', value: true }];
}

/** Why a drain leaves this pod where it is; undefined for those it evicts. */
export function whyItStays(kube: KubeTool, pod: Pod): string | undefined {
	const owner = controllerOf(pod);
	if (owner?.kind === 'DaemonSet') return `daemon set ${owner.name} belongs on every node`;
	const why = whyProtectedPod(kube, pod);
	if (why !== undefined) return why;
	return owner ? undefined : 'nothing owns it: it would not come back';
}
