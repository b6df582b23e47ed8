import { type Action, Denial, type Progress, Refusal } from '../core/action.ts';
import type { JsonPatch, KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Deed, Plan, PlanStep } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { lookUp, needRights } from './k8s-access.ts';
import { change, deletePinned, pointer, rehearse, tested } from './k8s-change.ts';
import { kubectl } from './k8s-command.ts';
import { type DenyPlace, denyKind, denyPath, whyForbidden } from './k8s-denies.ts';
import { type Isolation, isolationNow, type ReleaseParams, releaseSchema } from './k8s-isolated.ts';
import { isolateLabel, labelsBefore, policyName } from './k8s-isolation.ts';
import { paramsOf, podTargetOf } from './k8s-names.ts';
import { pathOf } from './k8s-paths.ts';
import { podPath } from './k8s-pod.ts';

const kind = 'k8s.release-pod';
/** Takes an isolation back: the labels as they were, and the policy gone. */
export const k8sReleasePod: Action<ReleaseParams> = {
	kind,
	version: 1,
	title: 'Release an isolated pod',
	tier: 2,
	inverse: 'k8s.isolate-pod',
	letter: 'r',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\n',
	parse: (raw) => paramsOf(kind, releaseSchema, raw),
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
		const isolation = await isolationNow(kube, params, pod, stop);
		const { deny } = isolation;
		const why = deny && (await whyForbidden(kube, { deny, namespace }, stop));
		if (why !== undefined) throw new Denial(why);
		return deedFor(kube, isolation, pod, stop);
	},
	precheck: async () => undefined,
	run,
};

async function deedFor(
	kube: KubeTool,
	isolation: Isolation,
	pod: KubeObject | undefined,
	stop: AbortSignal,
): Promise<Deed> {
	const { context, namespace, pod: name, uid, run, deny } = isolation;
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
			...(deny === undefined ? [] : [denyStep(kube, { deny, namespace }, run)]),
		],
		blast: [isThere ? '1 pod reaches and is reached again' : 'no pod: it is gone'],
		undo: isThere
			? { action: 'k8s.isolate-pod', params: again, says: 'the pod is isolated again' }
			: { none: 'the isolated pod is gone' },
		...(isThere ? { dryRun: await rehearsed(kube, isolation, pod, stop) } : {}),
	};
}

function denyStep(kube: KubeTool, place: DenyPlace, run: string): PlanStep {
	return {
		says: `delete ${denyKind(place.deny)} ${policyName(run)}`,
		command: kubectl(kube, 'delete', '--raw', denyPath(place, run)),
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
		...(isolation.deny ? [`- ${denyKind(isolation.deny)} ${policyName(isolation.run)}`] : []),
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
	const isolation = releaseSchema
		.required({ uid: true, run: true, labels: true })
		.parse(plan.params);
	const kube = await tools.kube(isolation.context);
	yield { kind: 'step', step: 0, state: 'started' };
	const says = await relabel(kube, isolation, stop);
	yield { kind: 'step', step: 0, state: 'done', says };
	yield { kind: 'step', step: 1, state: 'started' };
	const wasThere = await dropPolicy(kube, isolation, stop);
	yield { kind: 'step', step: 1, state: wasThere ? 'done' : 'skipped' };
	if (isolation.deny !== undefined) {
		const hadDeny = await dropDeny(kube, isolation, stop);
		yield { kind: 'step', step: 2, state: hadDeny ? 'done' : 'skipped' };
	}
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
	return drop(kube, path, policy, stop);
}

function dropDeny(kube: KubeTool, isolation: Isolation, stop: AbortSignal): Promise<boolean> {
	const { namespace, run, deny, denyUid } = isolation;
	if (deny === undefined || denyUid === undefined) return Promise.resolve(false);
	return drop(kube, denyPath({ deny, namespace }, run), denyUid, stop);
}

/** Whether it was there; it is gone when this resolves. */
async function drop(
	kube: KubeTool,
	path: string,
	uid: string,
	stop: AbortSignal,
): Promise<boolean> {
	const wasThere = await deletePinned(kube, path, uid, stop);
	if ((await kube.get(path, stop))?.metadata.uid !== uid) return wasThere;
	throw new Error(`read back, ${path} is still there`);
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
