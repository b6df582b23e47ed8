import type { KubeTool } from '../core/kube-tool.ts';
import { KubeError, type KubeObject } from '../core/kube-tool.ts';
import { type Labels, selects } from './k8s-labels.ts';
import { budgetOf, controllerOf, isReady, type Pod, podOf, serviceOf } from './k8s-objects.ts';
import { pathOf, type Resource } from './k8s-paths.ts';

/** What stands around a pod: its neighbours, the services and budgets of its namespace, and what could not be read. */
export type Surroundings = {
	readonly pods: readonly Pod[];
	readonly services: readonly ReturnType<typeof serviceOf>[];
	readonly budgets: readonly ReturnType<typeof budgetOf>[];
	readonly unread: readonly string[];
};

export async function surroundings(
	kube: KubeTool,
	namespace: string,
	stop: AbortSignal,
): Promise<Surroundings> {
	const unread: string[] = [];
	const read = async <T>(resource: Resource, of: (object: KubeObject) => T): Promise<T[]> => {
		const listed = await allowed(() => kube.list(pathOf(resource, { namespace }), {}, stop));
		if (!listed)
			unread.push(
				`${resource} of ${namespace} could not be looked at: this user may not list them`,
			);
		return (listed ?? []).map(of);
	};
	const [pods, services, budgets] = await Promise.all([
		read('pods', podOf),
		read('services', serviceOf),
		read('poddisruptionbudgets', budgetOf),
	]);
	return { pods, services, budgets, unread };
}

/** What is asked for, or undefined where the cluster answers so: 403 where this user may not. */
export async function allowed<T>(
	ask: () => Promise<T>,
	statuses: readonly number[] = [403],
): Promise<T | undefined> {
	try {
		return await ask();
	} catch (thrown) {
		if (thrown instanceof KubeError && statuses.includes(thrown.status)) return undefined;
		throw thrown;
	}
}

/** How far it reaches when this pod serves no more: its siblings, its services, its budgets. */
export function lossOf(pod: Pod, around: Surroundings): readonly string[] {
	return [
		siblingsSentence(pod, around),
		...servicesOf(pod.metadata.labels ?? {}, around).map(({ metadata, spec }) => {
			const behind = around.pods.filter(({ metadata: { labels } }) => holds(spec.selector, labels));
			const left = behind.filter((other) => isReady(other) && !isSame(other, pod)).length;
			return `service ${metadata.name} keeps ${left} of ${behind.length} ready`;
		}),
		...budgetSentences(pod, around),
		...around.unread,
	];
}

export function servicesOf(labels: Labels, { services }: Surroundings) {
	return services.filter(({ spec }) => holds(spec.selector, labels));
}

function siblingsSentence(pod: Pod, { pods }: Surroundings): string {
	const owner = controllerOf(pod);
	if (!owner) return '1 pod, which nothing owns';
	const siblings = pods.filter((other) => controllerOf(other)?.uid === owner.uid);
	return `1 of ${Math.max(1, siblings.length)} pods of ${owner.kind} ${owner.name}`;
}

function budgetSentences({ metadata }: Pod, { budgets }: Surroundings): readonly string[] {
	return budgets
		.filter(({ spec }) => spec.selector && selects(spec.selector, metadata.labels ?? {}))
		.map(({ metadata: { name }, status }) => {
			const { currentHealthy, desiredHealthy, disruptionsAllowed } = status;
			const counts = `${currentHealthy} healthy, ${desiredHealthy} needed`;
			return disruptionsAllowed > 0
				? `disruption budget ${name} is kept (${counts})`
				: `! disruption budget ${name} allows no loss now (${counts})`;
		});
}

function holds(wanted: Labels, labels: Labels = {}): boolean {
	const pairs = Object.entries(wanted);
	return pairs.length > 0 && pairs.every(([key, value]) => labels[key] === value);
}

function isSame(one: Pod, other: Pod): boolean {
	return one.metadata.uid === other.metadata.uid;
}
