import * as z from 'zod';
import { type Action, Doubt, type Progress, Refusal } from '../core/action.ts';
import type { KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Plan } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { needRights } from './k8s-access.ts';
import { change, createOwn, deletePinned } from './k8s-change.ts';
import { denyObject, denyPath } from './k8s-denies.ts';
import { type Isolation, isolationOf } from './k8s-isolated.ts';
import { isolateLabel, marks, policyFor } from './k8s-isolation.ts';
import { isolationDeed, nothingToIsolate, releaseUndo } from './k8s-isolation-deed.ts';
import { paramsOf, podTargetOf } from './k8s-names.ts';
import { nameOf, podOf } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { findPod, podChanged, podFitting, podPath, podPlace } from './k8s-pod.ts';
import { refuseProtectedPod } from './k8s-protected.ts';
import { openConnections } from './pod-connections.ts';

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
	const made: Made[] = [];
	for (const [step, wanted] of wantedBy(isolation).entries()) {
		yield { kind: 'step', step, state: 'started' };
		const uid = await createOrTakeBack(kube, wanted, made, stop);
		made.push({ ...wanted, uid });
		yield { kind: 'undo', undo: releaseUndo(isolation, { ...isolation, ...uidsOf(made) }) };
		yield { kind: 'step', step, state: 'done', says: `uid ${uid}` };
	}
	const step = made.length;
	yield { kind: 'step', step, state: 'started' };
	const pod = await labelOrTakeBack(kube, isolation, made, stop);
	for (const one of made) await verify(kube, one, stop);
	yield { kind: 'step', step, state: 'done', says: 'label and policy read back' };
	const says = await openConnections(tools, podOf(pod), stop);
	if (says !== undefined) yield { kind: 'note', says };
}

/** An object of ours that isolates: the path of its kind, and what it says. */
type Wanted = {
	readonly path: string;
	readonly body: { readonly kind: string; readonly metadata: { readonly name: string } };
	/** What the undo calls its uid. */
	readonly is: 'policy' | 'denyUid';
};
type Made = Wanted & { readonly uid: string };

/** The policy, and the deny where the plan has one. */
function wantedBy({ namespace, run, deny }: Isolation): readonly Wanted[] {
	const path = pathOf('networkpolicies', { namespace });
	const policy = { path, body: policyFor(run, namespace), is: 'policy' } as const;
	if (deny === undefined) return [policy];
	const place = { deny, namespace };
	return [policy, { path: denyPath(place), body: denyObject(place, run), is: 'denyUid' }];
}

function uidsOf(made: readonly Made[]): { readonly policy?: string; readonly denyUid?: string } {
	return Object.fromEntries(made.map(({ is, uid }) => [is, uid]));
}

async function createOrTakeBack(
	kube: KubeTool,
	{ path, body }: Wanted,
	made: readonly Made[],
	stop: AbortSignal,
): Promise<string> {
	try {
		return (await createOwn(kube, path, body, stop)).metadata.uid;
	} catch (thrown) {
		if (!(thrown instanceof Doubt)) await takeBack(kube, made, stop);
		throw thrown;
	}
}

async function takeBack(kube: KubeTool, made: readonly Made[], stop: AbortSignal): Promise<void> {
	for (const one of made) await deletePinned(kube, pathTo(one), one.uid, stop);
}

function pathTo({ path, body }: Wanted): string {
	return `${path}/${encodeURIComponent(body.metadata.name)}`;
}

/** Without its pod the policy is of no use: what was made goes again before the failure is told. */
async function labelOrTakeBack(
	kube: KubeTool,
	isolation: Isolation,
	made: readonly Made[],
	stop: AbortSignal,
): Promise<KubeObject> {
	const { namespace, pod, uid } = isolation;
	const path = podPath(isolation);
	const patch = (object: KubeObject) => marksFor(object, isolation);
	try {
		const name = `pod ${namespace}/${pod}`;
		return (await change(kube, { path, name, uid, patch }, stop)).object;
	} catch (thrown) {
		if (!(thrown instanceof Doubt)) await takeBack(kube, made, stop);
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

async function verify(kube: KubeTool, one: Made, stop: AbortSignal): Promise<void> {
	const found = await kube.get(pathTo(one), stop);
	if (found?.metadata.uid === one.uid) return;
	const { kind, metadata } = one.body;
	throw new Error(`read back, ${kind} ${metadata.name} is gone again: somebody else took it away`);
}
