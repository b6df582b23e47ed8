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
	pinnedNode,
	podsOn,
} from './k8s-node.ts';
import { type Node, nameOf } from './k8s-objects.ts';
import { refuseProtected, whyProtectedNode } from './k8s-protected.ts';

const schema = z.strictObject({ ...nodePlace, ...pinnedNode });
type Params = z.infer<typeof schema>;

type Way = {
	readonly verb: 'cordon' | 'uncordon';
	readonly inverse: 'cordon' | 'uncordon';
	readonly title: string;
	readonly says: string;
	readonly letter?: string;
};

/** Closes a node to new pods, or opens it again. */
export function schedulableAction(way: Way): Action<Params> {
	const kind = `k8s.${way.verb}-node`;
	const { title, letter } = way;
	return {
		kind,
		version: 1,
		title,
		tier: 2,
		inverse: `k8s.${way.inverse}-node`,
		...(way.verb === 'cordon' && { contains: true }),
		...(letter === undefined ? {} : { letter }),
		example: 'node: web12\n',
		parse: (raw) => paramsOf(kind, schema, raw),
		target: (text) => nodeTargetOf(kind, text),
		fits: nodeFitting,
		async plan(params, tools, stop) {
			const kube = await tools.kube(params.context);
			const { node } = await findNode(kube, params, stop);
			refuseProtected(`node ${nameOf(node)}`, whyProtectedNode(kube, node));
			await needRights(kube, [{ verb: 'patch', resource: 'nodes', name: nameOf(node) }], stop);
			const pods = await podsOn(kube, nameOf(node), stop);
			return deedFor(kube, way, params, node, itsPods(pods));
		},
		async precheck(plan, tools, stop) {
			return nodeChanged(await tools.kube(schema.parse(plan.params).context), plan, stop);
		},
		async *run(plan, tools, stop) {
			const kube = await tools.kube(schema.parse(plan.params).context);
			yield* changeNode(kube, plan, (object) => switching(object, way), stop);
		},
	};
}

function deedFor(kube: KubeTool, way: Way, { context }: Params, node: Node, pods: string): Deed {
	const name = nameOf(node);
	const own = { ...(context === undefined ? {} : { context }), node: name, uid: node.metadata.uid };
	const isThere = node.spec.unschedulable === isClosing(way);
	return {
		params: own,
		targets: [nodeTarget(node)],
		steps: [{ says: way.says, command: kubectl(kube, way.verb, name) }],
		blast: [`1 node: ${pods} stay${isClosing(way) ? ', new ones go elsewhere' : ''}`],
		undo: isThere
			? { none: `it was ${way.verb}ed before` }
			: { action: `k8s.${way.inverse}-node`, params: own, says: `${way.inverse} it` },
		...(isThere ? { notes: [`already: it is ${way.verb}ed`] } : {}),
	};
}

/** The field is absent on a node that was never cordoned. */
function switching({ spec }: KubeObject, way: Way): JsonPatch | undefined {
	const isClosed = spec?.['unschedulable'] === true;
	if (isClosed === isClosing(way)) return undefined;
	if (isClosed) return [{ op: 'remove', path: '/spec/unschedulable' }];
	return [{ op: 'add', path: '/spec/unschedulable', value: true }];
}

function isClosing({ verb }: Way): boolean {
	return verb === 'cordon';
}
