import type { KubeTool } from '../core/kube-tool.ts';
import type { Deed, PlanStep, Undo } from '../core/plan.ts';
import { lossOf, surroundings } from './k8s-blast.ts';
import { rehearse, tested } from './k8s-change.ts';
import { kubectl, kubectlWith } from './k8s-command.ts';
import {
	closesAll,
	type DenyName,
	type DenyPlace,
	denyKind,
	denyObject,
	denyPath,
	findDeny,
} from './k8s-denies.ts';
import { daemonSetsOf, whyNotEnforced } from './k8s-enforcers.ts';
import {
	isolateLabel,
	labelsToCut,
	marks,
	openings,
	ownerSelector,
	policiesOf,
	policyFor,
	policyName,
} from './k8s-isolation.ts';
import { type Labels, selects, without } from './k8s-labels.ts';
import { controllerOf, type Pod } from './k8s-objects.ts';
import { pathOf } from './k8s-paths.ts';
import { type PodPlace, podPath, podTarget } from './k8s-pod.ts';

export type IsolateParams = PodPlace & {
	/** Also out of its services and its owner's hands, so that nothing replaces the evidence. */
	readonly evidence?: boolean;
};

/** The deed for a pod that nothing of ours isolates yet. */
export async function isolationDeed(
	kube: KubeTool,
	params: IsolateParams,
	pod: Pod,
	run: string,
	stop: AbortSignal,
): Promise<Deed> {
	const { namespace } = params;
	const daemonSets = await daemonSetsOf(kube, stop);
	const [policies, around, owner, unenforced, found] = await Promise.all([
		policiesOf(kube, namespace, stop),
		surroundings(kube, namespace, stop),
		ownerSelector(kube, pod, stop),
		whyNotEnforced(kube, daemonSets, stop),
		findDeny(kube, namespace, daemonSets, stop),
	]);
	const { labels = {} } = pod.metadata;
	const { deny } = found;
	const open = closesAll(deny) ? [] : policies;
	const isEvidence = params.evidence ?? false;
	const cut = labelsToCut(pod, { policies: open, around, owner, isEvidence });
	const kept = without(labels, Object.keys(cut));
	const isOrphaned = owner !== undefined && selects(owner, labels) && !selects(owner, kept);
	const stillOpen = openings(open, kept).map(
		({ metadata }) => `not complete: policy ${metadata.name} still lets through what it allows`,
	);
	const dryRun = await rehearse(difference(pod, { cut, run, deny }), async () => {
		const policy = policyFor(run, namespace);
		await kube.create(pathOf('networkpolicies', { namespace }), policy, { dryRun: true }, stop);
		if (deny) {
			const place = { deny, namespace };
			await kube.create(denyPath(place), denyObject(place, run), { dryRun: true }, stop);
		}
		const read = await kube.get(podPath(params), stop);
		if (read)
			await kube.patch(
				podPath(params),
				tested(read, marks(read, cut, run)),
				{ dryRun: true },
				stop,
			);
	});
	return {
		params: { ...params },
		targets: [podTarget(pod)],
		steps: steps(kube, pod, { cut, run, deny }),
		blast: [...lossOf(pod, around), ...(isOrphaned ? [orphaned(pod)] : [])],
		undo: releaseUndo(params, {
			uid: pod.metadata.uid,
			run,
			labels: cut,
			...(deny === undefined ? {} : { deny }),
		}),
		dryRun,
		notes: [
			...(unenforced === undefined ? [] : [unenforced]),
			...(found.note === undefined ? [] : [found.note]),
			...stillOpen,
			'connections that are open already may survive',
		],
	};
}

type Cutting = {
	readonly cut: Labels;
	readonly run: string;
	readonly deny?: DenyName | undefined;
};

function steps(kube: KubeTool, pod: Pod, { cut, run, deny }: Cutting): Deed['steps'] {
	const { name, namespace = '' } = pod.metadata;
	const gone = Object.keys(cut);
	const words = [`${isolateLabel}=${run}`, ...gone.map((key) => `${key}-`)];
	const without = gone.length > 0 ? `, take ${gone.join(', ')} off it` : '';
	return [
		{
			says: `NetworkPolicy ${policyName(run)}: nothing in, nothing out`,
			command: kubectlWith(kube, policyFor(run, namespace), '-n', namespace, 'create'),
		},
		...(deny === undefined ? [] : [denyStep(kube, { deny, namespace }, run)]),
		{
			says: `label ${isolateLabel}=${run} on the pod${without}; it keeps running`,
			command: kubectl(kube, '-n', namespace, 'label', 'pod', name, ...words),
		},
	];
}

function denyStep(kube: KubeTool, place: DenyPlace, run: string): PlanStep {
	return {
		says: `${denyKind(place.deny)} ${policyName(run)}: a deny above what other policies allow`,
		command: kubectlWith(kube, denyObject(place, run), 'create'),
	};
}

function difference(pod: Pod, { cut, run, deny }: Cutting): readonly string[] {
	return [
		`+ NetworkPolicy ${pod.metadata.namespace}/${policyName(run)}`,
		...(deny === undefined ? [] : [`+ ${denyKind(deny)} ${policyName(run)}`]),
		...Object.entries(cut).map(([key, value]) => `- label ${key}=${value}`),
		`+ label ${isolateLabel}=${run}`,
	];
}

function orphaned(pod: Pod): string {
	const owner = controllerOf(pod);
	const name = `${owner?.kind} ${owner?.name}`;
	return `${name} lets go of it and starts another pod; after the undo it may delete one`;
}

export function releaseUndo(
	{ context, namespace, pod }: IsolateParams,
	known: {
		readonly uid: string;
		readonly run: string;
		readonly labels: Labels;
		readonly policy?: string;
		readonly deny?: DenyName;
		readonly denyUid?: string;
	},
): Undo {
	const params = { ...(context === undefined ? {} : { context }), namespace, pod, ...known };
	const labels = Object.keys(known.labels).length > 0 ? ' and its labels come back' : '';
	return { action: 'k8s.release-pod', params, says: `the policy and our label go${labels}` };
}

/** The deed for a pod that a run of ours isolates already. */
export function nothingToIsolate(
	kube: KubeTool,
	params: IsolateParams,
	pod: Pod,
	run: string,
): Deed {
	return {
		params: { ...params },
		targets: [podTarget(pod)],
		steps: steps(kube, pod, { cut: {}, run }),
		blast: [],
		undo: { none: `${run} isolated it before: roll that back` },
		notes: [`already: ${run} isolates it`],
	};
}
