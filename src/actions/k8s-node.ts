import * as z from 'zod';
import { type Progress, Refusal } from '../core/action.ts';
import type { Facts } from '../core/facts.ts';
import type { KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { JsonObject, Plan, Target } from '../core/plan.ts';
import { lookUp } from './k8s-access.ts';
import { allowed } from './k8s-blast.ts';
import { type Change, change } from './k8s-change.ts';
import { cluster, objectName } from './k8s-names.ts';
import { type Node, nodeOf, type Pod, podOf } from './k8s-objects.ts';
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
/** The very node that an earlier run touched. */
export const pinnedNode = { uid: z.string().exactOptional() };
const hasEnded = ['Succeeded', 'Failed'];
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

/** The node as it stands; throws a Refusal where there is none, or it is not the one that was meant. */
export async function findNode(
	kube: KubeTool,
	place: NodePlace & { readonly uid?: string },
	stop: AbortSignal,
): Promise<{ readonly node: Node; readonly object: KubeObject }> {
	const name = place.node ?? (await nodeOfPod(kube, place, stop));
	const object = await lookUp(kube, nodePath(name), stop);
	if (!object) throw new Refusal(`there is no node ${name} in ${kube.context}`);
	const { uid } = object.metadata;
	if (place.uid === undefined || place.uid === uid) return { node: nodeOf(object), object };
	throw new Refusal(`target changed: node ${name} is now ${uid}, not ${place.uid}`);
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

/** The pods that run on it, of all namespaces; undefined where this user may not list them. */
export async function podsOn(
	kube: KubeTool,
	node: string,
	stop: AbortSignal,
): Promise<readonly Pod[] | undefined> {
	const query = { fieldSelector: `spec.nodeName=${node}` };
	const listed = await allowed(() => kube.list(pathOf('pods'), query, stop));
	return listed?.map(podOf).filter(({ status }) => !hasEnded.includes(status.phase));
}

/** `its 14 pods`. */
export function itsPods(pods: readonly Pod[] | undefined): string {
	return pods ? `its ${pods.length} pods` : 'its pods, which this user may not list,';
}

/** The one change of a plan on a node: done with tests, read back, or found done already. */
export async function* changeNode(
	kube: KubeTool,
	{ targets }: Plan,
	patch: Change['patch'],
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const { name = '', pins } = targets[0] ?? {};
	const wanted = { path: nodePath(name), name: `node ${name}`, uid: pins?.['uid'] ?? '', patch };
	yield { kind: 'step', step: 0, state: 'started' };
	const { isNew } = await change(kube, wanted, stop);
	yield { kind: 'step', step: 0, state: isNew ? 'done' : 'skipped' };
	if (!isNew) yield { kind: 'note', says: 'already' };
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
