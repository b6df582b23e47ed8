import { Denial } from '../core/action.ts';
import { type KubeAccess, KubeError, type KubeObject, type KubeTool } from '../core/kube-tool.ts';
import { groupOf, type Resource } from './k8s-paths.ts';

type Wish = {
	readonly verb: KubeAccess['verb'];
	readonly resource: Resource;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
};

/** Asks the cluster before anything is offered; throws a Denial with every right that is missing. */
export async function needRights(
	kube: KubeTool,
	wishes: readonly Wish[],
	stop: AbortSignal,
): Promise<void> {
	const asked = wishes.map((wish) =>
		kube.forbids({ group: groupOf(wish.resource), ...wish }, stop),
	);
	const missing = (await Promise.all(asked)).filter((why) => why !== undefined);
	if (missing.length > 0) throw new Denial(missing.join('; '));
}

/** The target of a deed, undefined where there is none; throws a Denial where this user may not even look. */
export async function lookUp(
	kube: KubeTool,
	path: string,
	stop: AbortSignal,
): Promise<KubeObject | undefined> {
	try {
		return await kube.get(path, stop);
	} catch (thrown) {
		if (!(thrown instanceof KubeError) || thrown.status !== 403) throw thrown;
		throw new Denial(`the cluster ${kube.context} says: ${thrown.message}`, { cause: thrown });
	}
}
