import * as z from 'zod';
import { type Action, Doubt, type Progress } from '../core/action.ts';
import { pause } from '../core/clock.ts';
import { KubeError, type KubeTool } from '../core/kube-tool.ts';
import type { Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { needRights } from './k8s-access.ts';
import { change } from './k8s-change.ts';
import { drainDeed } from './k8s-drain-deed.ts';
import { cordoning, evictionOf, type Leaving, leavingOf } from './k8s-eviction.ts';
import { nodeTargetOf, paramsOf } from './k8s-names.ts';
import { findNode, nodeChanged, nodeFitting, nodePath, nodePlace } from './k8s-node.ts';
import { nameOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { podPath, uidOf } from './k8s-pod.ts';
import { refuseProtected, whyProtectedNode } from './k8s-protected.ts';

const kind = 'k8s.drain-node';
const retryMs = 5000;
const schema = z.strictObject({
	...nodePlace,
	/** How long disruption budgets may hold pods back. */
	minutes: z.int().min(1).max(120).default(10),
});
type Params = z.infer<typeof schema>;

/** Closes a node and evicts its pods one by one, as fast as their disruption budgets let them go. */
export const k8sDrainNode: Action<Params> = {
	kind,
	version: 1,
	title: 'Drain a node',
	tier: 3,
	letter: 'd',
	example: 'node: web12\nminutes: 10\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => nodeTargetOf(kind, text),
	fits: nodeFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const { node } = await findNode(kube, params, stop);
		const name = nameOf(node);
		refuseProtected(`node ${name}`, whyProtectedNode(kube, node));
		const wishes = [
			{ verb: 'patch', resource: 'nodes', name },
			{ verb: 'list', resource: 'pods' },
			{ verb: 'create', resource: 'pods', subresource: 'eviction' },
		] as const;
		await needRights(kube, wishes, stop);
		return drainDeed(kube, params, node, stop);
	},
	async precheck(plan, tools, stop) {
		return nodeChanged(await tools.kube(schema.parse(plan.params).context), plan, stop);
	},
	run,
};

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const params = schema.parse(plan.params);
	const kube = await tools.kube(params.context);
	const name = plan.targets[0]?.name ?? '';
	yield { kind: 'step', step: 0, state: 'started' };
	const node = { path: nodePath(name), name: `node ${name}`, uid: uidOf(plan), patch: cordoning };
	const { isNew } = await change(kube, node, stop);
	yield { kind: 'step', step: 0, state: isNew ? 'done' : 'skipped' };
	yield* evictAll(kube, leavingOf(plan), params, tools, stop);
}

/** Round after round over those that are held back, until all are gone or the time is up. */
async function* evictAll(
	kube: KubeTool,
	leaving: readonly Leaving[],
	{ minutes }: Params,
	{ clock }: Tools,
	stop: AbortSignal,
): AsyncGenerator<Progress> {
	const until = clock.now() + minutes * 60_000;
	let held: readonly { readonly pod: Leaving; readonly why: string }[] = [];
	let left = leaving;
	while (left.length > 0) {
		held = [];
		for (const pod of left) {
			stop.throwIfAborted();
			yield { kind: 'step', step: pod.step, state: 'started' };
			const why = await evict(kube, pod, stop);
			if (why !== undefined) held = [...held, { pod, why }];
			yield why === undefined
				? { kind: 'step', step: pod.step, state: 'done' }
				: { kind: 'output', step: pod.step, stream: 'err', text: `${pod.name}: ${why}\n` };
		}
		left = held.map(({ pod }) => pod);
		if (left.length === 0) return;
		if (clock.now() + retryMs > until) break;
		await pause(clock, retryMs, stop);
	}
	for (const { pod, why } of held)
		yield { kind: 'step', step: pod.step, state: 'failed', says: why };
	const names = held.map(({ pod, why }) => `${pod.name} (${why})`).join('; ');
	if (held.length > 0) throw new Error(`${held.length} of ${leaving.length} pods stayed: ${names}`);
}

/** Why the pod is held back now; undefined once it is going or gone. */
async function evict(kube: KubeTool, pod: Leaving, stop: AbortSignal): Promise<string | undefined> {
	const { namespace, pod: name, uid } = pod;
	const path = pathOf('pods', { namespace, name, subresource: 'eviction' });
	try {
		await kube.act(path, evictionOf(pod), {}, stop);
	} catch (thrown) {
		if (thrown instanceof KubeError && thrown.status === 429) return thrown.message;
		const isAnother = thrown instanceof KubeError && [404, 409].includes(thrown.status);
		if (!isAnother && !(thrown instanceof Doubt)) throw thrown;
	}
	const now = await kube.get(podPath({ namespace, pod: name }), stop);
	const isGoing = now?.metadata.uid !== uid || now.metadata.deletionTimestamp !== undefined;
	return isGoing ? undefined : 'read back, it is still there';
}
