import * as z from 'zod';
import { type Action, type Progress, Refusal } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { lookUp, needRights } from './k8s-access.ts';
import { allowed } from './k8s-blast.ts';
import { change, rehearse, tested } from './k8s-change.ts';
import { kubectl } from './k8s-command.ts';
import { cluster, namespaceName, objectName, paramsOf } from './k8s-names.ts';
import { autoscalerOf, type Workload, workloadOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { uidOf } from './k8s-pod.ts';
import { refuseProtected, whyProtectedNamespace } from './k8s-protected.ts';

const kind = 'k8s.scale';
const resources = {
	deployment: 'deployments',
	statefulset: 'statefulsets',
	replicaset: 'replicasets',
} as const;
const count = z.int().min(0).max(10_000);
const schema = z.strictObject({
	...cluster,
	namespace: namespaceName,
	kind: z.enum(['deployment', 'statefulset', 'replicaset']).default('deployment'),
	name: objectName,
	replicas: count,
	/** Only while it still stands at this count. */
	from: count.exactOptional(),
	uid: z.string().exactOptional(),
});
type Params = z.infer<typeof schema>;

/** Keys by which a tool says that it keeps an object as its repository has it. */
const keepers = {
	'argocd.argoproj.io/instance': 'Argo CD',
	'argocd.argoproj.io/tracking-id': 'Argo CD',
	'kustomize.toolkit.fluxcd.io/name': 'Flux',
	'helm.toolkit.fluxcd.io/name': 'Flux',
} as const;

/** Sets a workload's number of replicas; the old number is kept for the way back. */
export const k8sScale: Action<Params> = {
	kind,
	version: 1,
	title: 'Scale a workload',
	tier: 2,
	inverse: kind,
	example: 'namespace: payments\nname: pay\nreplicas: 3\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: workloadTarget,
	/** No event says to how many. */
	fits: () => undefined,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const { namespace, name } = params;
		refuseProtected(`${namespace}/${name}`, whyProtectedNamespace(kube, namespace));
		const found = await lookUp(kube, pathFor(params), stop);
		if (!found)
			throw new Refusal(`there is no ${params.kind} ${namespace}/${name} in ${kube.context}`);
		const wish = {
			verb: 'patch',
			resource: resources[params.kind],
			subresource: 'scale',
			namespace,
		} as const;
		await needRights(kube, [wish], stop);
		return deedFor(kube, params, workloadOf(found), stop);
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

function workloadTarget(text: string) {
	const [namespace = '', second, third, ...rest] = text.split('/');
	if (second && rest.length === 0) {
		return third ? { namespace, kind: second, name: third } : { namespace, name: second };
	}
	throw new Failure(
		'usage',
		`${kind}: ${text} is no workload: write NAMESPACE/NAME or NAMESPACE/KIND/NAME`,
	);
}

function pathFor({ kind, namespace, name }: Params, subresource?: string): string {
	const place = { namespace, name, ...(subresource === undefined ? {} : { subresource }) };
	return pathOf(resources[kind], place);
}

async function deedFor(
	kube: KubeTool,
	params: Params,
	workload: Workload,
	stop: AbortSignal,
): Promise<Deed> {
	const { context, namespace, kind: of, name, replicas } = params;
	const { uid } = workload.metadata;
	const now = workload.spec.replicas;
	const from = params.from ?? now;
	if (params.uid !== undefined && params.uid !== uid)
		throw new Refusal(`target changed: ${name} is now ${uid}`);
	if (now !== from && now !== replicas)
		throw new Refusal(`somebody scaled ${name} to ${now} since`);
	const own = { ...(context === undefined ? {} : { context }), namespace, kind: of, name, uid };
	const words = [
		'-n',
		namespace,
		'scale',
		of,
		name,
		`--replicas=${replicas}`,
		`--current-replicas=${from}`,
	];
	return {
		params: { ...own, replicas, from },
		targets: [{ name: `${namespace}/${of}/${name}`, pins: { uid } }],
		steps: [
			{ says: `scale ${of} ${name} from ${from} to ${replicas}`, command: kubectl(kube, ...words) },
		],
		blast: [
			`${Math.abs(now - replicas)} pods ${replicas < now ? 'end' : 'start'}; ${workload.status.readyReplicas} of ${now} are ready now`,
		],
		undo:
			now === replicas
				? { none: 'it stood at this count before' }
				: {
						action: kind,
						params: { ...own, replicas: from, from: replicas },
						says: `back to ${from}`,
					},
		...(replicas === 0 && now > 0 ? { tier: 3 } : {}),
		dryRun: await rehearsed(kube, params, from, stop),
		notes: [
			...(now === replicas ? [`already: it stands at ${replicas}`] : []),
			...(await rivals(kube, params, workload, stop)),
		],
	};
}

async function rehearsed(kube: KubeTool, params: Params, from: number, stop: AbortSignal) {
	const path = pathFor(params, 'scale');
	const lines = [`- replicas ${from}`, `+ replicas ${params.replicas}`];
	return rehearse(lines, async () => {
		const scale = await kube.get(path, stop);
		const patch = scale && scaling(scale, params.replicas, from);
		if (patch) await kube.patch(path, tested(scale, patch), { dryRun: true }, stop);
	});
}

/** Who would scale it otherwise again. */
async function rivals(
	kube: KubeTool,
	{ namespace, kind: of, name }: Params,
	{ metadata }: Workload,
	stop: AbortSignal,
): Promise<readonly string[]> {
	const scalers = await allowed(() =>
		kube.list(pathOf('horizontalpodautoscalers', { namespace }), {}, stop),
	);
	const own = (scalers ?? []).map(autoscalerOf).filter(({ spec }) => {
		const { kind: ofKind, name: ofName } = spec.scaleTargetRef;
		return ofKind.toLowerCase() === of && ofName === name;
	});
	const marks = { ...metadata.labels, ...metadata.annotations };
	const keeper = Object.entries(keepers).find(([key]) => marks[key] !== undefined)?.[1];
	return [
		...own.map(
			({ metadata, spec }) =>
				`autoscaler ${metadata.name} keeps it between ${spec.minReplicas} and ${spec.maxReplicas} and will scale it again`,
		),
		...(scalers ? [] : ['whether an autoscaler scales it could not be looked at']),
		...(keeper ? [`${keeper} keeps it as its repository has it and will scale it back`] : []),
	];
}

/** A count of 0 is absent in what the server says. */
function scaling({ spec }: KubeObject, replicas: number, from: number): JsonPatch | undefined {
	const now = Number(spec?.['replicas'] ?? 0);
	if (now === replicas) return undefined;
	if (now !== from) throw new Refusal(`target changed: it stands at ${now}, not at ${from}`);
	return [{ op: 'add', path: '/spec/replicas', value: replicas }];
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const params = schema.parse(plan.params);
	const kube = await tools.kube(params.context);
	const { replicas, from = 0 } = params;
	const name = plan.targets[0]?.name ?? '';
	yield { kind: 'step', step: 0, state: 'started' };
	const patch = (object: KubeObject) => scaling(object, replicas, from);
	const path = pathFor(params, 'scale');
	const { isNew } = await change(kube, { path, name, uid: uidOf(plan), patch }, stop);
	yield { kind: 'step', step: 0, state: isNew ? 'done' : 'skipped' };
	if (!isNew) yield { kind: 'note', says: 'already' };
}
