import * as z from 'zod';
import { type Action, type Progress, Refusal } from '../core/action.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { needRights } from './k8s-access.ts';
import { type Surroundings, servicesOf, surroundings } from './k8s-blast.ts';
import { change, pointer, rehearse, tested } from './k8s-change.ts';
import { kubectl } from './k8s-command.ts';
import type { Labels } from './k8s-labels.ts';
import { labelKey, labelValue, nodeTargetOf, paramsOf } from './k8s-names.ts';
import { findNode, nodePath, nodePlace } from './k8s-node.ts';
import { nameOf } from './k8s-objects.ts';
import { findPod, podPath, uidOf } from './k8s-pod.ts';
import { refuseProtected, refuseProtectedPod, whyProtectedNode } from './k8s-protected.ts';

const kind = 'k8s.label';
/** A label's value; null where there is none. */
const values = z.record(labelKey, labelValue.nullable());
const schema = z.strictObject({
	...nodePlace,
	labels: values.refine((labels) => Object.keys(labels).length > 0, 'names no label'),
	/** Only while the labels still say this; what a plan found, and what its undo expects. */
	from: values.exactOptional(),
	uid: z.string().exactOptional(),
});
type Params = z.infer<typeof schema>;
type Values = z.infer<typeof values>;

/** Sets labels of a pod or a node, null takes one away; the old values are kept for the way back. */
export const k8sLabel: Action<Params> = {
	kind,
	version: 1,
	title: 'Label a pod or a node',
	tier: 2,
	inverse: kind,
	example:
		'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\nlabels: { suspect: "true", track: null }\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => nodeTargetOf(kind, text),
	/** No event says which label. */
	fits: () => undefined,
	async plan(params, tools, stop) {
		refuseOthersKeys(params.labels);
		const kube = await tools.kube(params.context);
		const object = await targetOf(kube, params, stop);
		const { uid } = object.metadata;
		if (params.uid !== undefined && params.uid !== uid) {
			throw new Refusal(
				`target changed: ${params.pod ?? params.node} is now ${uid}, not ${params.uid}`,
			);
		}
		const resource = params.pod === undefined ? 'nodes' : 'pods';
		const place = params.namespace === undefined ? {} : { namespace: params.namespace };
		await needRights(kube, [{ verb: 'patch', resource, ...place }], stop);
		return deedFor(kube, params, object, stop);
	},
	async precheck(plan, tools, stop) {
		const params = schema.parse(plan.params);
		const found = await (await tools.kube(params.context)).get(pathFor(params), stop);
		const uid = found?.metadata.uid ?? 'gone';
		return uid === uidOf(plan)
			? undefined
			: `target changed: ${plan.targets[0]?.name} is now ${uid}`;
	},
	run,
};

async function targetOf(kube: KubeTool, params: Params, stop: AbortSignal): Promise<KubeObject> {
	const { namespace, pod } = params;
	if (namespace === undefined || pod === undefined) {
		const { node, object } = await findNode(kube, params, stop);
		refuseProtected(`node ${nameOf(node)}`, whyProtectedNode(kube, node));
		return object;
	}
	const { container } = params;
	const place = { namespace, pod, ...(container === undefined ? {} : { container }) };
	const found = await findPod(kube, place, stop);
	refuseProtectedPod(kube, found);
	return { ...found, spec: {}, status: {} };
}

function refuseOthersKeys(labels: Values): void {
	const key = Object.keys(labels).find((name) =>
		/^(eventctl|([^/]*\.)?(kubernetes|k8s)\.io)\//.test(name),
	);
	if (key !== undefined) throw new Refusal(`label ${key} is not the operator's to change`);
}

function pathFor({ namespace, pod, node }: Params): string {
	return namespace !== undefined && pod !== undefined
		? podPath({ namespace, pod })
		: nodePath(node ?? '');
}

async function deedFor(
	kube: KubeTool,
	params: Params,
	object: KubeObject,
	stop: AbortSignal,
): Promise<Deed> {
	const { context, namespace, pod, node, labels } = params;
	const now = object.metadata.labels ?? {};
	const from =
		params.from ?? Object.fromEntries(Object.keys(labels).map((key) => [key, now[key] ?? null]));
	const { uid } = object.metadata;
	const place =
		namespace !== undefined && pod !== undefined ? { namespace, pod } : { node: node ?? '' };
	const own = { ...(context === undefined ? {} : { context }), ...place, uid };
	const where =
		namespace === undefined || pod === undefined
			? ['node', node ?? '']
			: ['-n', namespace, 'pod', pod];
	const words = Object.entries(labels).map(([key, value]) =>
		value === null ? `${key}-` : `${key}=${value}`,
	);
	const patch = labelling(object, labels, from);
	return {
		params: { ...own, labels, from },
		targets: [{ name: nameOf(object), pins: { uid } }],
		steps: [
			{
				says: `set ${words.join(', ')}`,
				command: kubectl(kube, 'label', '--overwrite', ...where, ...words),
			},
		],
		blast:
			namespace === undefined
				? ['1 node']
				: steered(now, labels, await surroundings(kube, namespace, stop)),
		undo: patch
			? {
					action: kind,
					params: { ...own, labels: from, from: labels },
					says: 'the old values come back',
				}
			: { none: 'the labels were so before' },
		dryRun: await rehearse(difference(labels, now), async () => {
			if (patch) await kube.patch(pathFor(params), tested(object, patch), { dryRun: true }, stop);
		}),
		...(patch ? {} : { notes: ['already: the labels are so'] }),
	};
}

function difference(labels: Values, now: Labels): readonly string[] {
	return Object.entries(labels).flatMap(([key, value]) => [
		...(now[key] === undefined ? [] : [`- label ${key}=${now[key]}`]),
		...(value === null ? [] : [`+ label ${key}=${value}`]),
	]);
}

/** Which services the labels steer the pod into or out of. */
function steered(now: Labels, labels: Values, around: Surroundings): readonly string[] {
	const then: Record<string, string> = { ...now };
	for (const [key, value] of Object.entries(labels)) {
		if (value === null) delete then[key];
		else then[key] = value;
	}
	const names = (held: Labels) => servicesOf(held, around).map(({ metadata }) => metadata.name);
	const lost = names(now).filter((name) => !names(then).includes(name));
	const won = names(then).filter((name) => !names(now).includes(name));
	return [
		'1 pod',
		...lost.map((name) => `service ${name} loses it`),
		...won.map((name) => `service ${name} gets it`),
		...around.unread,
	];
}

/** Nothing where all is so already; throws a Refusal where somebody else set a value since. */
function labelling({ metadata }: KubeObject, labels: Values, from: Values): JsonPatch | undefined {
	const now = metadata.labels ?? {};
	const todo = Object.entries(labels).filter(([key, value]) => (now[key] ?? null) !== value);
	const taken = todo.find(([key]) => (now[key] ?? null) !== (from[key] ?? null));
	if (taken)
		throw new Refusal(`target changed: label ${taken[0]} is now ${now[taken[0]] ?? 'gone'}`);
	if (todo.length === 0) return undefined;
	const base = metadata.labels ? [] : [{ op: 'add', path: '/metadata/labels', value: {} } as const];
	const steps = todo.map(([key, value]) => {
		const path = pointer('metadata', 'labels', key);
		return value === null
			? ({ op: 'remove', path } as const)
			: ({ op: 'add', path, value } as const);
	});
	return [...base, ...steps];
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const params = schema.parse(plan.params);
	const kube = await tools.kube(params.context);
	const { labels, from = {} } = params;
	const name = plan.targets[0]?.name ?? '';
	yield { kind: 'step', step: 0, state: 'started' };
	const patch = (object: KubeObject) => labelling(object, labels, from);
	const { isNew } = await change(
		kube,
		{ path: pathFor(params), name, uid: uidOf(plan), patch },
		stop,
	);
	yield { kind: 'step', step: 0, state: isNew ? 'done' : 'skipped' };
	if (!isNew) yield { kind: 'note', says: 'already' };
}
