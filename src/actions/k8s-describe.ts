import * as z from 'zod';
import type { Action } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import { KubeError, type KubeTool } from '../core/kube-tool.ts';
import type { Target } from '../core/plan.ts';
import { kubectl } from './k8s-command.ts';
import { describeNode, describePod, notedEvents } from './k8s-evidence.ts';
import { nodeTargetOf, paramsOf } from './k8s-names.ts';
import { findNode, nodeFitting, nodePlace, nodeTarget } from './k8s-node.ts';
import { findPod, podTarget } from './k8s-pod.ts';

const kind = 'k8s.describe';
const schema = z.strictObject(nodePlace);
type Params = z.infer<typeof schema>;

/** What the cluster knows of a pod or a node: state, conditions, and what it noted about it. */
export const k8sDescribe: Action<Params> = {
	kind,
	version: 1,
	title: 'Describe a pod or a node',
	tier: 0,
	letter: 's',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => nodeTargetOf(kind, text),
	fits: nodeFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const { target } = await described(kube, params, stop);
		const { namespace, pod, node } = params;
		const words =
			namespace !== undefined && pod !== undefined
				? ['-n', namespace, 'describe', 'pod', pod]
				: ['describe', 'node', node ?? ''];
		return {
			params: { ...params },
			targets: [target],
			steps: [{ says: 'describe it', command: kubectl(kube, ...words) }],
			blast: ['nothing is changed'],
			undo: { none: 'nothing is changed' },
		};
	},
	/** Whatever bears the name now is what one wants to see. */
	precheck: async () => undefined,
	async *run(plan, tools, stop) {
		const { container: _, ...place } = schema.parse(plan.params);
		const kube = await tools.kube(place.context);
		yield { kind: 'step', step: 0, state: 'started' };
		const { text, target } = await described(kube, place, stop);
		yield { kind: 'output', step: 0, stream: 'out', text };
		const uid = target.pins['uid'] ?? '';
		try {
			const noted = await notedEvents(kube, uid, place.namespace, stop);
			yield { kind: 'output', step: 0, stream: 'out', text: noted };
		} catch (thrown) {
			if (!(thrown instanceof KubeError)) throw thrown;
			yield { kind: 'output', step: 0, stream: 'err', text: `no events: ${reasonOf(thrown)}\n` };
		}
		yield { kind: 'step', step: 0, state: 'done' };
	},
};

async function described(
	kube: KubeTool,
	params: Params,
	stop: AbortSignal,
): Promise<{ readonly target: Target; readonly text: string }> {
	const { namespace, pod, container } = params;
	if (namespace !== undefined && pod !== undefined) {
		const place = { namespace, pod, ...(container === undefined ? {} : { container }) };
		const found = await findPod(kube, place, stop);
		return { target: podTarget(found), text: describePod(found) };
	}
	const { node } = await findNode(kube, params, stop);
	return { target: nodeTarget(node), text: describeNode(node) };
}
