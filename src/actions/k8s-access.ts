import { Refusal } from '../core/action.ts';
import type { KubeAccess, KubeTool } from '../core/kube-tool.ts';
import { groupOf, type Resource } from './k8s-paths.ts';

type Wish = {
	readonly verb: KubeAccess['verb'];
	readonly resource: Resource;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
};

/** Asks the cluster before anything is offered; throws a Refusal with every right that is missing. */
export async function needRights(
	kube: KubeTool,
	wishes: readonly Wish[],
	stop: AbortSignal,
): Promise<void> {
	const asked = wishes.map((wish) =>
		kube.forbids({ group: groupOf(wish.resource), ...wish }, stop),
	);
	const missing = (await Promise.all(asked)).filter((why) => why !== undefined);
	if (missing.length > 0) throw new Refusal(missing.join('; '));
}
