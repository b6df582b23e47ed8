import * as z from 'zod';
import { Refusal } from '../core/action.ts';
import type { Facts } from '../core/facts.ts';
import type { KubeTool } from '../core/kube-tool.ts';
import type { JsonObject, Plan, Target } from '../core/plan.ts';
import { lookUp } from './k8s-access.ts';
import { cluster, namespaceName, objectName } from './k8s-names.ts';
import { containerIds, nameOf, type Pod, podOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';

/** Which pod; `container` is the id that an event named, to tell the pod from a later one of the same name. */
export const podPlace = {
	...cluster,
	namespace: namespaceName,
	pod: objectName,
	container: z.string().exactOptional(),
};
export type PodPlace = {
	readonly context?: string;
	readonly namespace: string;
	readonly pod: string;
	readonly container?: string;
};

const containerId = /^[0-9a-f]{8,64}$/;

export function podPath({ namespace, pod }: Pick<PodPlace, 'namespace' | 'pod'>): string {
	return pathOf('pods', { namespace, name: pod });
}

/** The pod as it stands; throws a Refusal where there is none, or where it is not the one the event was about. */
export async function findPod(kube: KubeTool, place: PodPlace, stop: AbortSignal): Promise<Pod> {
	const found = await lookUp(kube, podPath(place), stop);
	if (!found) {
		throw new Refusal(`there is no pod ${place.namespace}/${place.pod} in ${kube.context}`);
	}
	const pod = podOf(found);
	const { container } = place;
	if (container === undefined) return pod;
	if (!containerId.test(container)) {
		throw new Refusal(
			`the event names no container of ${nameOf(pod)}: nothing proves it is this pod`,
		);
	}
	if (containerIds(pod).some((id) => id.startsWith(container))) return pod;
	throw new Refusal(`target changed: ${nameOf(pod)} has no container ${container} any more`);
}

export function podTarget(pod: Pod): Target {
	return { name: nameOf(pod), pins: { uid: pod.metadata.uid, node: pod.spec.nodeName } };
}

/** Why the pod of the plan is no longer the one that was planned for. */
export async function podChanged(
	kube: KubeTool,
	place: PodPlace,
	plan: Plan,
	stop: AbortSignal,
): Promise<string | undefined> {
	const pinned = uidOf(plan);
	const found = await kube.get(podPath(place), stop);
	const name = `${place.namespace}/${place.pod}`;
	if (!found) return `target changed: pod ${name} is gone`;
	const { uid } = found.metadata;
	return uid === pinned ? undefined : `target changed: pod ${name} is now ${uid}, not ${pinned}`;
}

/** The uid that the plan's first target is pinned to. */
export function uidOf({ targets }: Plan): string {
	return targets[0]?.pins['uid'] ?? '';
}

type Fields = Readonly<Record<string, unknown>> | undefined;

/** The pod an event of Falco is about: its own fields, or those of the audit log. */
export function podFitting(_facts: Facts, fields: Fields): JsonObject | undefined {
	if (!fields) return undefined;
	const namespace = word(fields['k8s.ns.name']) ?? word(fields['ka.target.namespace']);
	const audited =
		fields['ka.target.resource'] === 'pods' ? word(fields['ka.target.name']) : undefined;
	const pod = word(fields['k8s.pod.name']) ?? word(fields['ka.target.pod.name']) ?? audited;
	if (!namespaceName.safeParse(namespace).success || !objectName.safeParse(pod).success) {
		return undefined;
	}
	if (!('container.id' in fields)) return { namespace: `${namespace}`, pod: `${pod}` };
	const container = word(fields['container.id']) ?? '<NA>';
	return { namespace: `${namespace}`, pod: `${pod}`, container };
}

function word(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '<NA>' ? value : undefined;
}
