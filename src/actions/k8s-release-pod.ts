import * as z from 'zod';
import { type Action, type Progress, Refusal } from '../core/action.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed, Plan, Undo } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { lookUp, needRights } from './k8s-access.ts';
import { change, deletePinned, pointer, rehearse, tested } from './k8s-change.ts';
import { kubectl } from './k8s-command.ts';
import { isolateLabel, labelsBefore, policyName, runAnnotation } from './k8s-isolation.ts';
import { cluster, namespaceName, objectName, paramsOf, podTargetOf } from './k8s-names.ts';
import { pathOf } from './k8s-paths.ts';
import { podPath } from './k8s-pod.ts';

const kind = 'k8s.release-pod';
const labels = z.record(z.string(), z.string());
const schema = z.strictObject({
	...cluster,
	namespace: namespaceName,
	pod: objectName,
	/** What the isolating run knew; what is absent is read off the pod. */
	uid: z.string().exactOptional(),
	run: z.string().exactOptional(),
	labels: labels.exactOptional(),
	policy: z.string().exactOptional(),
});
type Params = z.infer<typeof schema>;

/** One pod's isolation: who made it, and what the pod was before. `policy` is the policy's uid. */
export type Isolation = Params & {
	readonly uid: string;
	readonly run: string;
	readonly labels: Readonly<Record<string, string>>;
};

/** What an undo of an isolation knows of it; undefined where there is none to undo. */
export function isolationOf(undo: Undo): Isolation | undefined {
	if ('none' in undo) return undefined;
	const { uid, run, labels, ...rest } = schema.parse(undo.params);
	return uid && run && labels ? { ...rest, uid, run, labels } : undefined;
}

/** Takes an isolation back: the labels as they were, and the policy gone. */
export const k8sReleasePod: Action<Params> = {
	kind,
	version: 1,
	title: 'Release an isolated pod',
	tier: 2,
	inverse: 'k8s.isolate-pod',
	letter: 'r',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => podTargetOf(kind, text),
	/** An event does not tell that its pod is isolated: it is released from its run, or by name. */
	fits: () => undefined,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const { namespace } = params;
		const wishes = [
			{ verb: 'delete', resource: 'networkpolicies', namespace },
			{ verb: 'patch', resource: 'pods', namespace },
		] as const;
		await needRights(kube, wishes, stop);
		const pod = await lookUp(kube, podPath(params), stop);
		return deedFor(kube, await known(kube, params, pod, stop), pod, stop);
	},
	precheck: async () => undefined,
	run,
};

/** The isolation as the undo says it, else as the pod itself does. */
async function known(
	kube: KubeTool,
	params: Params,
	pod: KubeObject | undefined,
	stop: AbortSignal,
): Promise<Isolation> {
	const run = params.run ?? pod?.metadata.labels?.[isolateLabel];
	const uid = params.uid ?? pod?.metadata.uid;
	if (!run || !uid) {
		const why = pod ? 'is not isolated by eventctl' : 'is not there';
		throw new Refusal(`pod ${params.namespace}/${params.pod} ${why}`);
	}
	const saved = params.labels ?? savedLabels(pod);
	const policy = params.policy ?? (await policyOfRun(kube, params.namespace, run, stop));
	return { ...params, uid, run, labels: saved, ...(policy === undefined ? {} : { policy }) };
}

function savedLabels(pod: KubeObject | undefined): Readonly<Record<string, string>> {
	const text = pod?.metadata.annotations?.[labelsBefore];
	if (text === undefined) return {};
	try {
		return labels.parse(JSON.parse(text));
	} catch (cause) {
		throw new Refusal(`the annotation ${labelsBefore} is not as eventctl wrote it`, { cause });
	}
}

/** Only a policy that says of itself that this run made it is ours to delete. */
async function policyOfRun(kube: KubeTool, namespace: string, run: string, stop: AbortSignal) {
	const found = await kube.get(
		pathOf('networkpolicies', { namespace, name: policyName(run) }),
		stop,
	);
	return found?.metadata.annotations?.[runAnnotation] === run ? found.metadata.uid : undefined;
}

async function deedFor(
	kube: KubeTool,
	isolation: Isolation,
	pod: KubeObject | undefined,
	stop: AbortSignal,
): Promise<Deed> {
	const { context, namespace, pod: name, uid, run } = isolation;
	const isThere = pod?.metadata.uid === uid;
	const policy = policyName(run);
	const again = { ...(context === undefined ? {} : { context }), namespace, pod: name };
	return {
		params: { ...isolation },
		targets: [{ name: `${namespace}/${name}`, pins: { uid } }],
		steps: [
			{
				says: isThere
					? 'give the pod its labels back'
					: 'the isolated pod is gone: nothing to relabel',
				command: kubectl(kube, '-n', namespace, 'label', 'pod', name, ...words(isolation)),
			},
			{
				says: `delete NetworkPolicy ${policy}`,
				command: kubectl(kube, '-n', namespace, 'delete', 'networkpolicy', policy),
			},
		],
		blast: [isThere ? '1 pod reaches and is reached again' : 'no pod: it is gone'],
		undo: isThere
			? { action: 'k8s.isolate-pod', params: again, says: 'the pod is isolated again' }
			: { none: 'the isolated pod is gone' },
		...(isThere ? { dryRun: await rehearsed(kube, isolation, pod, stop) } : {}),
	};
}

function words({ labels }: Isolation): readonly string[] {
	return [`${isolateLabel}-`, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)];
}

function rehearsed(kube: KubeTool, isolation: Isolation, pod: KubeObject, stop: AbortSignal) {
	const lines = [
		`- label ${isolateLabel}=${isolation.run}`,
		...Object.entries(isolation.labels).map(([key, value]) => `+ label ${key}=${value}`),
		`- NetworkPolicy ${isolation.namespace}/${policyName(isolation.run)}`,
	];
	return rehearse(lines, async () => {
		const patch = restored(pod, isolation);
		if (patch) await kube.patch(podPath(isolation), tested(pod, patch), { dryRun: true }, stop);
	});
}

/** The pod as it was; throws a Refusal where somebody else changed since what we would change back. */
function restored({ metadata }: KubeObject, { run, labels }: Isolation): JsonPatch | undefined {
	const now = metadata.labels ?? {};
	if (now[isolateLabel] === undefined) return undefined;
	if (now[isolateLabel] !== run)
		throw new Refusal(`${now[isolateLabel]} isolates it now, not ${run}`);
	const taken = Object.keys(labels).find((key) => (now[key] ?? labels[key]) !== labels[key]);
	if (taken)
		throw new Refusal(`somebody set label ${taken}=${now[taken]} since: not ours to change`);
	const back = Object.entries(labels)
		.filter(([key]) => now[key] === undefined)
		.map(
			([key, value]) => ({ op: 'add', path: pointer('metadata', 'labels', key), value }) as const,
		);
	const note = { op: 'remove', path: pointer('metadata', 'annotations', labelsBefore) } as const;
	const hasNote = metadata.annotations?.[labelsBefore] !== undefined;
	return [
		{ op: 'remove', path: pointer('metadata', 'labels', isolateLabel) },
		...back,
		...(hasNote ? [note] : []),
	];
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const isolation = schema.required({ uid: true, run: true, labels: true }).parse(plan.params);
	const kube = await tools.kube(isolation.context);
	yield { kind: 'step', step: 0, state: 'started' };
	const says = await relabel(kube, isolation, stop);
	yield { kind: 'step', step: 0, state: 'done', says };
	yield { kind: 'step', step: 1, state: 'started' };
	const wasThere = await dropPolicy(kube, isolation, stop);
	yield { kind: 'step', step: 1, state: wasThere ? 'done' : 'skipped' };
	if (says === 'already' && !wasThere) yield { kind: 'note', says: 'already' };
}

async function dropPolicy(
	kube: KubeTool,
	isolation: Isolation,
	stop: AbortSignal,
): Promise<boolean> {
	const { namespace, run, policy } = isolation;
	if (policy === undefined) return false;
	const path = pathOf('networkpolicies', { namespace, name: policyName(run) });
	const wasThere = await deletePinned(kube, path, policy, stop);
	if ((await kube.get(path, stop))?.metadata.uid !== policy) return wasThere;
	throw new Error(`read back, policy ${policyName(run)} is still there`);
}

/** A pod that is gone or was replaced has nothing to give back. */
async function relabel(kube: KubeTool, isolation: Isolation, stop: AbortSignal): Promise<string> {
	const { namespace, pod, uid } = isolation;
	const path = podPath(isolation);
	const now = await kube.get(path, stop);
	if (now?.metadata.uid !== uid) return 'the isolated pod is gone';
	const patch = (object: KubeObject) => restored(object, isolation);
	const { isNew } = await change(kube, { path, name: `pod ${namespace}/${pod}`, uid, patch }, stop);
	return isNew ? 'labels read back' : 'already';
}
