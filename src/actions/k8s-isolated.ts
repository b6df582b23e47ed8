import * as z from 'zod';
import { Refusal } from '../core/action.ts';
import type { KubeObject, KubeTool } from '../core/kube-tool.ts';
import type { Undo } from '../core/plan.ts';
import { denyNames, denyOfRun } from './k8s-denies.ts';
import { isolateLabel, labelsBefore, policyName, runAnnotation } from './k8s-isolation.ts';
import { cluster, namespaceName, objectName } from './k8s-names.ts';
import { pathOf } from './k8s-paths.ts';

const labels = z.record(z.string(), z.string());
/** Whose isolation is to be taken back. */
export const releaseSchema = z.strictObject({
	...cluster,
	namespace: namespaceName,
	pod: objectName,
	/** What the isolating run knew; what is absent is read off the pod. */
	uid: z.string().exactOptional(),
	run: z.string().exactOptional(),
	labels: labels.exactOptional(),
	policy: z.string().exactOptional(),
	/** The deny that stands above it, and its uid. */
	deny: z.enum(denyNames).exactOptional(),
	denyUid: z.string().exactOptional(),
});
export type ReleaseParams = z.infer<typeof releaseSchema>;

/** One pod's isolation: who made it, and what the pod was before. `policy` is the policy's uid. */
export type Isolation = ReleaseParams & {
	readonly uid: string;
	readonly run: string;
	readonly labels: Readonly<Record<string, string>>;
};

/** What an undo of an isolation knows of it; undefined where there is none to undo. */
export function isolationOf(undo: Undo): Isolation | undefined {
	if ('none' in undo) return undefined;
	const { uid, run, labels, ...rest } = releaseSchema.parse(undo.params);
	return uid && run && labels ? { ...rest, uid, run, labels } : undefined;
}

/** The isolation as the undo says it, else as the pod itself does. */
export async function isolationNow(
	kube: KubeTool,
	params: ReleaseParams,
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
	const deny = isDenyKnown(params)
		? undefined
		: await denyOfRun(kube, params.namespace, run, isOf(run), stop);
	const found = { ...(policy === undefined ? {} : { policy }), ...deny };
	return { ...params, uid, run, labels: saved, ...found };
}

/** A run that died between making a deny and telling its uid has left one under its name. */
function isDenyKnown({ policy, deny, denyUid }: ReleaseParams): boolean {
	return denyUid !== undefined || (policy !== undefined && deny === undefined);
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
	return found && isOf(run)(found) ? found.metadata.uid : undefined;
}

function isOf(run: string): (object: KubeObject) => boolean {
	return ({ metadata }) => metadata.annotations?.[runAnnotation] === run;
}
