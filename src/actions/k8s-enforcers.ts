import type { KubeTool } from '../core/kube-tool.ts';
import { allowed } from './k8s-blast.ts';
import { pathOf } from './k8s-paths.ts';

/** Daemon sets of the network plug-ins that enforce policies; k3s does it by itself. */
const enforcers =
	/^(calico-node|canal|rke2-canal|cilium|antrea-agent|kube-router|weave-net|ovnkube-node|anetd|azure-npm|kube-ovn-cni)$/;

/** The names of the cluster's daemon sets, by which its network plug-in is told; undefined where this user may not look. */
export async function daemonSetsOf(
	kube: KubeTool,
	stop: AbortSignal,
): Promise<readonly string[] | undefined> {
	const sets = await allowed(() => kube.list(pathOf('daemonsets'), {}, stop));
	return sets?.map(({ metadata }) => metadata.name);
}

/** Why nothing may change although a policy stands there; undefined where something is seen that enforces it. */
export async function whyNotEnforced(
	kube: KubeTool,
	daemonSets: readonly string[] | undefined,
	stop: AbortSignal,
): Promise<string | undefined> {
	if (!daemonSets) return 'whether this cluster enforces network policies could not be looked at';
	if (daemonSets.some((name) => enforcers.test(name))) return undefined;
	const nodes = await allowed(() => kube.list(pathOf('nodes'), {}, stop));
	if (nodes?.some(({ status }) => JSON.stringify(status ?? {}).includes('+k3s'))) return undefined;
	return 'not enforced here, as far as can be seen: no network plug-in of this cluster is known to enforce policies';
}
