import { KubeError, type KubeTool } from '../core/kube-tool.ts';
import type { Deed, DryRun } from '../core/plan.ts';
import { kubectl, kubectlWith } from './k8s-command.ts';
import { evictionOf, whyItStays } from './k8s-eviction.ts';
import { nodeTarget, podsOn } from './k8s-node.ts';
import { type Node, nameOf, type Pod } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { podTarget } from './k8s-pod.ts';

type Params = { readonly context?: string; readonly minutes: number };

/** The deed that empties a node: cordon, then one step for each pod that goes. */
export async function drainDeed(
	kube: KubeTool,
	{ context, minutes }: Params,
	node: Node,
	stop: AbortSignal,
): Promise<Deed> {
	const name = nameOf(node);
	const all = [...((await podsOn(kube, name, stop)) ?? [])].sort(byName);
	const staying = all.flatMap((pod) => {
		const why = whyItStays(kube, pod);
		return why === undefined ? [] : [`stays: ${nameOf(pod)}, ${why}`];
	});
	const leaving = all.filter((pod) => whyItStays(kube, pod) === undefined);
	return {
		params: { ...(context === undefined ? {} : { context }), node: name, minutes },
		targets: [nodeTarget(node), ...leaving.map((pod) => podTarget(pod))],
		steps: [
			{ says: 'close the node to new pods', command: kubectl(kube, 'cordon', name) },
			...leaving.map((pod) => evictionStep(kube, pod)),
		],
		blast: [
			`1 node, ${leaving.length} pods evicted: ${perNamespace(leaving)}`,
			...dataLost(leaving),
		],
		undo: { none: 'uncordon opens the node again, but its pods do not come back' },
		dryRun: await rehearsed(kube, leaving, stop),
		notes: [`disruption budgets are waited for, ${minutes} min at most`, ...staying],
	};
}

function evictionStep(kube: KubeTool, pod: Pod): Deed['steps'][number] {
	const { namespace = '', name, uid } = pod.metadata;
	const path = pathOf('pods', { namespace, name, subresource: 'eviction' });
	return {
		says: `evict ${nameOf(pod)}`,
		command: kubectlWith(kube, evictionOf({ namespace, pod: name, uid }), 'create', '--raw', path),
	};
}

/** Asks the server for each pod whether its budgets would let it go now. */
async function rehearsed(
	kube: KubeTool,
	leaving: readonly Pod[],
	stop: AbortSignal,
): Promise<DryRun> {
	const lines: string[] = [];
	let held = 0;
	for (const pod of leaving) {
		const why = await whyHeld(kube, pod, stop);
		if (why !== undefined) held++;
		lines.push(
			why === undefined ? `- Pod ${nameOf(pod)}` : `  Pod ${nameOf(pod)} would wait: ${why}`,
		);
	}
	const says = `${leaving.length - held} would go at once, ${held} would wait`;
	return { isGood: held === 0, says, lines };
}

async function whyHeld(kube: KubeTool, pod: Pod, stop: AbortSignal): Promise<string | undefined> {
	const { namespace = '', name, uid } = pod.metadata;
	const path = pathOf('pods', { namespace, name, subresource: 'eviction' });
	try {
		await kube.act(path, evictionOf({ namespace, pod: name, uid }), { dryRun: true }, stop);
		return undefined;
	} catch (thrown) {
		if (thrown instanceof KubeError) return thrown.message;
		throw thrown;
	}
}

function perNamespace(pods: readonly Pod[]): string {
	const counts = Map.groupBy(pods, ({ metadata }) => metadata.namespace ?? '');
	return (
		[...counts].map(([namespace, { length }]) => `${namespace} ${length}`).join(', ') || 'none'
	);
}

function dataLost(pods: readonly Pod[]): readonly string[] {
	const local = pods.filter(({ spec }) =>
		spec.volumes.some(({ emptyDir }) => emptyDir !== undefined),
	);
	return local.length > 0 ? [`! ${local.length} pods lose the data they keep on the node`] : [];
}

function byName(one: Pod, other: Pod): number {
	return nameOf(one) < nameOf(other) ? -1 : 1;
}
