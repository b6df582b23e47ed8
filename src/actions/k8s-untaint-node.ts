import * as z from 'zod';
import type { Action } from '../core/action.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed } from '../core/plan.ts';
import { needRights } from './k8s-access.ts';
import { kubectl } from './k8s-command.ts';
import { nodeTargetOf, paramsOf } from './k8s-names.ts';
import { changeNode, findNode, nodePlace, nodeTarget, pinnedNode } from './k8s-node.ts';
import { type Node, nameOf } from './k8s-objects.ts';
import {
	refuseClusterTaint,
	refuseOtherValue,
	taintIndex,
	taintOn,
	taintParts,
	taintText,
} from './k8s-taint.ts';

const kind = 'k8s.untaint-node';
const schema = z.strictObject({ ...nodePlace, ...taintParts, ...pinnedNode });
type Params = z.infer<typeof schema>;

/** Takes one taint off a node; the node's other taints stay. */
export const k8sUntaintNode: Action<Params> = {
	kind,
	version: 1,
	title: 'Take a taint off a node',
	tier: 2,
	inverse: 'k8s.taint-node',
	example: 'node: web12\nkey: falco/alert\neffect: NoSchedule\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => nodeTargetOf(kind, text),
	/** An event does not tell of taints: they are taken off from their run, or by name. */
	fits: () => undefined,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		refuseClusterTaint(params);
		const { node, object } = await findNode(kube, params, stop);
		refuseOtherValue(object, params);
		await needRights(kube, [{ verb: 'patch', resource: 'nodes', name: nameOf(node) }], stop);
		return deedFor(kube, params, object, node);
	},
	/** A node that was only started anew still carries its taints. */
	precheck: async () => undefined,
	async *run(plan, tools, stop) {
		const params = schema.parse(plan.params);
		const kube = await tools.kube(params.context);
		yield* changeNode(kube, plan, (object) => untainting(object, params), stop);
	},
};

function deedFor(kube: KubeTool, params: Params, object: KubeObject, node: Node): Deed {
	const own = taintOn(node, params);
	const text = taintText(params);
	const isThere = taintIndex(object, params) >= 0;
	return {
		params: { ...own, uid: node.metadata.uid },
		targets: [nodeTarget(node)],
		steps: [
			{
				says: `take ${text} off; its other taints stay`,
				command: kubectl(kube, 'taint', 'node', own.node, `${text}-`),
			},
		],
		blast: ['1 node takes new pods again, as far as its other taints let it'],
		undo: isThere
			? { action: 'k8s.taint-node', params: own, says: 'the taint comes back' }
			: { none: 'the taint was gone before' },
		...(isThere ? {} : { notes: ['already: the node does not carry it'] }),
	};
}

function untainting(object: KubeObject, params: Params): JsonPatch | undefined {
	refuseOtherValue(object, params);
	const at = taintIndex(object, params);
	const taints = object.spec?.['taints'];
	if (at < 0 || !Array.isArray(taints)) return undefined;
	return [
		{ op: 'test', path: `/spec/taints/${at}`, value: taints[at] },
		{ op: 'remove', path: `/spec/taints/${at}` },
	];
}
