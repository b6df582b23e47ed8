import * as z from 'zod';
import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import { KubeError, type KubeTool } from '../core/kube-tool.ts';
import type { Deed, Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { needRights } from './k8s-access.ts';
import { lossOf, surroundings } from './k8s-blast.ts';
import { rehearse } from './k8s-change.ts';
import { kubectl } from './k8s-command.ts';
import { describePod, logsOf } from './k8s-evidence.ts';
import { paramsOf, podTargetOf } from './k8s-names.ts';
import { controllerOf, type Pod, podOf } from './k8s-objects.ts';
import { findPod, podChanged, podFitting, podPath, podPlace, podTarget, uidOf } from './k8s-pod.ts';
import { refuseProtectedPod } from './k8s-protected.ts';

const kind = 'k8s.delete-pod';
const schema = z.strictObject(podPlace);
type Params = z.infer<typeof schema>;

/** Deletes one very pod, with its own grace period, after its description and its logs were kept. */
export const k8sDeletePod: Action<Params> = {
	kind,
	version: 1,
	title: 'Delete a pod',
	tier: 3,
	letter: 'e',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => podTargetOf(kind, text),
	fits: podFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const pod = await findPod(kube, params, stop);
		refuseProtectedPod(kube, pod);
		const { namespace } = params;
		await needRights(kube, [{ verb: 'delete', resource: 'pods', namespace }], stop);
		return deedFor(kube, params, pod, stop);
	},
	async precheck(plan, tools, stop) {
		const params = schema.parse(plan.params);
		return podChanged(await tools.kube(params.context), params, plan, stop);
	},
	run,
};

async function deedFor(kube: KubeTool, params: Params, pod: Pod, stop: AbortSignal): Promise<Deed> {
	const { namespace, pod: name } = params;
	const { uid } = pod.metadata;
	const around = await surroundings(kube, namespace, stop);
	const options = { preconditions: { uid } };
	const seconds = pod.spec.terminationGracePeriodSeconds;
	return {
		params: { ...params },
		targets: [podTarget(pod)],
		steps: [
			{
				says: 'keep its description and its last logs with the run',
				command: kubectl(kube, '-n', namespace, 'describe', 'pod', name),
			},
			{
				says: `delete the pod with this uid; it has ${seconds} s to end`,
				command: kubectl(kube, '-n', namespace, 'delete', 'pod', name),
			},
		],
		blast: [...lossOf(pod, around), comesBack(pod)],
		undo: { none: 'a deleted pod does not come back; isolating it instead keeps it' },
		dryRun: await rehearse([`- Pod ${namespace}/${name}`], () =>
			kube.delete(podPath(params), options, { dryRun: true }, stop),
		),
		notes: ['a deletion asks no disruption budget'],
	};
}

/** What happens to the workload when one of its pods is gone. */
function comesBack(pod: Pod): string {
	const owner = controllerOf(pod);
	if (!owner) return '! nothing owns it: it will not come back';
	return `${owner.kind} ${owner.name} will start another in its place`;
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const params = schema.parse(plan.params);
	const kube = await tools.kube(params.context);
	yield { kind: 'step', step: 0, state: 'started' };
	const { container: _, ...place } = params;
	const pod = await findPod(kube, place, stop);
	yield { kind: 'output', step: 0, stream: 'out', text: describePod(pod) };
	for await (const text of logsOf(kube, pod, stop)) {
		yield { kind: 'output', step: 0, stream: 'out', text };
	}
	yield { kind: 'step', step: 0, state: 'done' };
	yield { kind: 'step', step: 1, state: 'started' };
	await deleteIt(kube, params, uidOf(plan), stop);
	const says = await whatIsLeft(kube, params, uidOf(plan), stop);
	yield { kind: 'step', step: 1, state: 'done', says };
	yield { kind: 'note', says };
}

async function deleteIt(kube: KubeTool, params: Params, uid: string, stop: AbortSignal) {
	try {
		await kube.delete(podPath(params), { preconditions: { uid } }, {}, stop);
	} catch (thrown) {
		if (thrown instanceof KubeError && [404, 409].includes(thrown.status)) {
			throw new Refusal(`target changed: ${thrown.message}`, { cause: thrown });
		}
		if (!(thrown instanceof Doubt)) throw thrown;
		const left = await whatIsLeft(kube, params, uid, stop).catch(() => undefined);
		if (left === undefined) throw thrown;
	}
}

/** What the server says of that very pod now; throws where it stands there as if nothing had been asked. */
async function whatIsLeft(
	kube: KubeTool,
	params: Params,
	uid: string,
	stop: AbortSignal,
): Promise<string> {
	const found = await kube.get(podPath(params), stop);
	if (found?.metadata.uid !== uid) return 'gone';
	if (found.metadata.deletionTimestamp === undefined)
		throw new Error('read back, the pod is still there');
	return `ending: it has ${podOf(found).spec.terminationGracePeriodSeconds} s`;
}
