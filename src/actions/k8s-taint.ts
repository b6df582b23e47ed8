import * as z from 'zod';
import { Refusal } from '../core/action.ts';
import type { KubeObject } from '../core/kube-tool.ts';
import { labelKey, labelValue } from './k8s-names.ts';
import { type Node, nameOf, nodeOf, type Taint } from './k8s-objects.ts';

/** A taint's parts as parameters. */
export const taintParts = {
	key: labelKey.default('eventctl/quarantine'),
	value: labelValue.default('true'),
	effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).default('NoSchedule'),
};

/** The taint on this node, complete: with it the same deed, or its inverse, can be planned again. */
export function taintOn(
	node: Node,
	{ context, key, value, effect }: Taint & { readonly context?: string },
) {
	const where = { ...(context === undefined ? {} : { context }), node: nameOf(node) };
	return { ...where, key, value, effect };
}

/** As kubectl writes it: `eventctl/quarantine=true:NoSchedule`. */
export function taintText({ key, value, effect }: Taint): string {
	return value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

/** Where a taint of this key and effect stands in the node's list; -1 where there is none. A node has at most one. */
export function taintIndex(node: KubeObject, { key, effect }: Taint): number {
	return taintsOf(node).findIndex((taint) => taint.key === key && taint.effect === effect);
}

function taintsOf(node: KubeObject): readonly Taint[] {
	return nodeOf(node).spec.taints;
}

/** Throws a Refusal for a taint that the cluster itself sets and takes away. */
export function refuseClusterTaint({ key }: Taint): void {
	if (!/^([^/]*\.)?(kubernetes|k8s)\.io\//.test(key)) return;
	throw new Refusal(`taint ${key} belongs to the cluster itself`);
}

/** Throws a Refusal where the key stands there with another value: it is somebody else's. */
export function refuseOtherValue(node: KubeObject, wanted: Taint): void {
	const there = taintsOf(node)[taintIndex(node, wanted)];
	if (there === undefined || there.value === wanted.value) return;
	throw new Refusal(
		`node ${node.metadata.name} carries ${taintText(there)}, which is not ours to change`,
	);
}
