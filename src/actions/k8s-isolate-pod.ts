import * as z from 'zod';
import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import type { KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { needRights } from './k8s-access.ts';
import { change, createOwn, deletePinned } from './k8s-change.ts';
import { isolateLabel, marks, policyFor, policyName } from './k8s-isolation.ts';
import { isolationDeed, nothingToIsolate, releaseUndo } from './k8s-isolation-deed.ts';
import { paramsOf, podTargetOf } from './k8s-names.ts';
import { nameOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { findPod, podChanged, podFitting, podPath, podPlace } from './k8s-pod.ts';
import { refuseProtectedPod } from './k8s-protected.ts';
import { type Isolation, isolationOf } from './k8s-release-pod.ts';

const kind = 'k8s.isolate-pod';
const schema = z.strictObject({ ...podPlace, evidence: z.boolean().exactOptional() });
type Params = z.infer<typeof schema>;

/** Cuts one pod off, in and out, and keeps it running: a policy of our own that selects our own label. */
export const k8sIsolatePod: Action<Params> = {
	kind,
	version: 1,
	title: 'Isolate a pod from the network',
	tier: 2,
	inverse: 'k8s.release-pod',
	contains: true,
	letter: 'i',
	example: 'namespace: payments\npod: pay-7d9f4c6b8-x2x1q\n',
	parse: (raw) => paramsOf(kind, schema, raw),
	target: (text) => podTargetOf(kind, text),
	fits: podFitting,
	async plan(params, tools, stop) {
		const kube = await tools.kube(params.context);
		const pod = await findPod(kube, params, stop);
		refuseProtectedPod(kube, pod);
		if (pod.spec.hostNetwork) {
			throw new Refusal(`${nameOf(pod)} uses its node's network: policies do not reach it`);
		}
		await needRights(kube, rights(params.namespace), stop);
		const before = pod.metadata.labels?.[isolateLabel];
		return before === undefined
			? isolationDeed(kube, params, pod, tools.run, stop)
			: nothingToIsolate(kube, params, pod, before);
	},
	async precheck(plan, tools, stop) {
		const params = schema.parse(plan.params);
		return podChanged(await tools.kube(params.context), params, plan, stop);
	},
	run,
};

function rights(namespace: string) {
	return [
		{ verb: 'list', resource: 'networkpolicies', namespace },
		{ verb: 'create', resource: 'networkpolicies', namespace },
		{ verb: 'delete', resource: 'networkpolicies', namespace },
		{ verb: 'patch', resource: 'pods', namespace },
	] as const;
}

async function* run(plan: Plan, tools: Tools, stop: AbortSignal): AsyncGenerator<Progress> {
	const isolation = isolationOf(plan.undo);
	if (!isolation) {
		yield { kind: 'note', says: 'already' };
		return;
	}
	const kube = await tools.kube(isolation.context);
	yield { kind: 'step', step: 0, state: 'started' };
	const policy = await createPolicy(kube, isolation, stop);
	yield { kind: 'undo', undo: releaseUndo(isolation, { ...isolation, policy }) };
	yield { kind: 'step', step: 0, state: 'done', says: `uid ${policy}` };
	yield { kind: 'step', step: 1, state: 'started' };
	await labelOrTakeBack(kube, isolation, policy, stop);
	await verifyPolicy(kube, isolation, policy, stop);
	yield { kind: 'step', step: 1, state: 'done', says: 'label and policy read back' };
}

async function createPolicy(kube: KubeTool, isolation: Isolation, stop: AbortSignal) {
	const { namespace, run } = isolation;
	const path = pathOf('networkpolicies', { namespace });
	const { metadata } = await createOwn(kube, path, policyFor(run, namespace), stop);
	return metadata.uid;
}

/** Without its pod the policy is of no use: what was made goes again before the failure is told. */
async function labelOrTakeBack(
	kube: KubeTool,
	isolation: Isolation,
	policy: string,
	stop: AbortSignal,
): Promise<void> {
	const { namespace, pod, uid } = isolation;
	const path = podPath(isolation);
	const patch = (object: KubeObject) => marksFor(object, isolation);
	try {
		await change(kube, { path, name: `pod ${namespace}/${pod}`, uid, patch }, stop);
	} catch (thrown) {
		if (!(thrown instanceof Doubt)) await deletePinned(kube, policyPath(isolation), policy, stop);
		throw thrown;
	}
}

function marksFor(object: KubeObject, { run, labels }: Isolation) {
	const now = object.metadata.labels ?? {};
	if (now[isolateLabel] === run) return undefined;
	if (now[isolateLabel] !== undefined) {
		throw new Refusal(`${now[isolateLabel]} isolated it in the meantime`);
	}
	const moved = Object.keys(labels).find((key) => now[key] !== labels[key]);
	if (moved === undefined) return marks(object, labels, run);
	throw new Refusal(`target changed: label ${moved} is now ${now[moved] ?? 'gone'}`);
}

async function verifyPolicy(
	kube: KubeTool,
	isolation: Isolation,
	uid: string,
	stop: AbortSignal,
): Promise<void> {
	const made = await kube.get(policyPath(isolation), stop);
	if (made?.metadata.uid === uid) return;
	throw new Error(
		`read back, policy ${policyName(isolation.run)} is gone again: somebody else took it away`,
	);
}

function policyPath({ namespace, run }: Isolation): string {
	return pathOf('networkpolicies', { namespace, name: policyName(run) });
}
