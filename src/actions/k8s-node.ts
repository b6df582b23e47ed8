import { Refusal } from '../core/action.ts';
import type { Facts } from '../core/facts.ts';
import type { KubeTool } from '../core/kube-tool.ts';
import type { JsonObject, Plan, Target } from '../core/plan.ts';
import { cluster, objectName } from './k8s-names.ts';
import { type Node, nodeOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { findPod, podFitting, podPlace } from './k8s-pod.ts';

/** Which node: by its name, or the one that a pod runs on. */
export const nodePlace = {
	...cluster,
	node: objectName.exactOptional(),
	namespace: podPlace.namespace.exactOptional(),
	pod: podPlace.pod.exactOptional(),
	container: podPlace.container,
};
export type NodePlace = {
	readonly context?: string;
	readonly node?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
};

export function nodePath(name: string): string {
	return pathOf('nodes', { name });
}

/** The node as it stands; throws a Refusal where there is none, or the pod that names it is not the event's. */
export async function findNode(kube: KubeTool, place: NodePlace, stop: AbortSignal): Promise<Node> {
	const name = place.node ?? (await nodeOfPod(kube, place, stop));
	const found = await kube.get(nodePath(name), stop);
	if (!found) throw new Refusal(`there is no node ${name} in ${kube.context}`);
	return nodeOf(found);
}

async function nodeOfPod(
	kube: KubeTool,
	{ namespace, pod, container }: NodePlace,
	stop: AbortSignal,
): Promise<string> {
	if (namespace === undefined || pod === undefined) {
		throw new Refusal('no node is named: give `node`, or `namespace` and `pod`');
	}
	const place = { namespace, pod, ...(container === undefined ? {} : { container }) };
	const { spec } = await findPod(kube, place, stop);
	if (spec.nodeName) return spec.nodeName;
	throw new Refusal(`pod ${namespace}/${pod} runs on no node yet`);
}

/** A node that came back under its name is another one; one that was started anew holds other processes. */
export function nodeTarget({ metadata, status }: Node): Target {
	return { name: metadata.name, pins: { uid: metadata.uid, bootID: status.nodeInfo.bootID } };
}

/** Why the node of the plan is no longer the one that was planned for. */
export async function nodeChanged(
	kube: KubeTool,
	plan: Plan,
	stop: AbortSignal,
): Promise<string | undefined> {
	const [target] = plan.targets;
	const name = target?.name ?? '';
	const found = await kube.get(nodePath(name), stop);
	if (!found) return `target changed: node ${name} is gone`;
	const now = nodeTarget(nodeOf(found)).pins;
	const moved = Object.keys(now).find((pin) => now[pin] !== target?.pins[pin]);
	return moved && `target changed: ${moved} of node ${name} is now ${now[moved]}`;
}

/** The node an event is about: its pod's, or the host of that name. */
export function nodeFitting(
	facts: Facts,
	fields: Readonly<Record<string, unknown>> | undefined,
): JsonObject | undefined {
	const pod = podFitting(facts, fields);
	if (pod) return pod;
	const node = fields?.['k8s.node.name'] ?? facts.host;
	return objectName.safeParse(node).success ? { node: `${node}` } : undefined;
}
