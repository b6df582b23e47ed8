import * as z from 'zod';
import type { Action } from '../core/action.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed } from '../core/plan.ts';
import { needRights } from './k8s-access.ts';
import { kubectl } from './k8s-command.ts';
import { nodeTargetOf, paramsOf } from './k8s-names.ts';
import {
	changeNode,
	findNode,
	itsPods,
	nodeChanged,
	nodeFitting,
	nodePlace,
	nodeTarget,
	podsOn,
} from './k8s-node.ts';
import { type Node, nameOf, type Pod, type Taint } from './k8s-objects.ts';
import { refuseProtected, whyProtectedNode } from './k8s-protected.ts';
import {
	refuseClusterTaint,
	refuseOtherValue,
	taintIndex,
	taintOn,
	taintParts,
	taintText,
} from './k8s-taint.ts';

const kind = 'k8s.taint-node';
const schema = z.strictObject({ ...nodePlace, ...taintParts });
type Params = z.infer<typeof schema>;

/** Keeps new pods off a node by one taint more; the node's other taints stay. */
export const k8sTaintNode: Action<Params> = {
	kind,
	version: 1,
	title: 'Taint a node',
	tier: 2,
	inverse: 'k8s.untaint-node',
	contains: true,
	letter: 't',
	example: 'node: web12\nkey: falco/alert\neffect: NoSchedule\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => nodeTargetOf(kind, text),
	fits: nodeFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		refuseClusterTaint(params);
		const { node, object } = await findNode(kube, params, stop);
		refuseProtected(`node ${nameOf(node)}`, whyProtectedNode(kube, node));
		refuseOtherValue(object, params);
		await needRights(kube, [{ verb: 'patch', resource: 'nodes', name: nameOf(node) }], stop);
		return deedFor(kube, params, object, node, await podsOn(kube, nameOf(node), stop));
	},
	async precheck(plan, tools, stop) {
		return nodeChanged(await tools.kube(schema.parse(plan.params).context), plan, stop);
	},
	async *run(plan, tools, stop) {
		const params = schema.parse(plan.params);
		const kube = await tools.kube(params.context);
		yield* changeNode(kube, plan, (object) => tainting(object, params), stop);
	},
};

function deedFor(
	kube: KubeTool,
	params: Params,
	object: KubeObject,
	node: Node,
	pods: readonly Pod[] | undefined,
): Deed {
	const own = taintOn(node, params);
	const text = taintText(params);
	const isThere = taintIndex(object, params) >= 0;
	const isEvicting = params.effect === 'NoExecute' && !isThere;
	return {
		params: own,
		targets: [nodeTarget(node)],
		steps: [
			{
				says: `taint ${text}; ${node.spec.taints.length} other taints stay`,
				command: kubectl(kube, 'taint', 'node', own.node, text),
			},
		],
		blast: isEvicting ? evictions(pods) : [`1 node: ${itsPods(pods)} stay, new ones go elsewhere`],
		undo: isThere
			? { none: 'the taint was there before' }
			: {
					action: 'k8s.untaint-node',
					params: { ...own, uid: node.metadata.uid },
					says: isEvicting
						? 'the taint goes; evicted pods do not come back'
						: 'only this taint goes',
				},
		...(isEvicting ? { tier: 3 } : {}),
		...(isThere ? { notes: ['already: the node carries it'] } : {}),
	};
}

function evictions(pods: readonly Pod[] | undefined): readonly string[] {
	const names = (pods ?? []).map(nameOf).join(', ');
	return [`1 node; of ${itsPods(pods)} those that do not tolerate it are evicted`, names].filter(
		Boolean,
	);
}

/** One taint more; the version that was read guards the rest of the list. */
function tainting(object: KubeObject, params: Params): JsonPatch | undefined {
	refuseOtherValue(object, params);
	if (taintIndex(object, params) >= 0) return undefined;
	const { key, value, effect } = params;
	const taint: Taint = { key, value, effect };
	const before = object.spec?.['taints'];
	if (before === undefined) return [{ op: 'add', path: '/spec/taints', value: [taint] }];
	return [
		{ op: 'test', path: '/spec/taints', value: before },
		{ op: 'add', path: '/spec/taints/-', value: taint },
	];
}
