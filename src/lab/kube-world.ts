import { KubeError, type KubeObject } from '../core/kube-tool.ts';
import type { Chance } from './chance.ts';
import { anUid, aPod, type Cluster, type Deployment, type Pod } from './cluster.ts';
import type { KubeNature } from './kube-api.ts';
import { podDraft, seedDrafts } from './kube-drafts.ts';
import { type KubePlace, KubeStore, kubePlace } from './kube-store.ts';

/** What its controllers did: `started`, `ended`, `isolated`, `released`. */
export type Told = (what: string, pod: Pod) => void;

/**
 * The lab's cluster behind its API: the objects, and controllers that do at once what a real cluster's do in a moment. What
 * is changed through the API changes the cluster the story plays on.
 */
export class KubeWorld {
	readonly store: KubeStore;
	readonly nature: KubeNature;
	readonly #cluster: Cluster;
	readonly #chance: Chance;
	readonly #tell: Told;

	constructor(cluster: Cluster, chance: Chance, tell: Told) {
		this.store = new KubeStore(() => anUid(chance));
		this.#cluster = cluster;
		this.#chance = chance;
		this.#tell = tell;
		this.nature = {
			changed: () => this.#settle(),
			keeps: (pod) => this.#heldBy(pod),
			logs: (pod) => logOf(pod),
		};
		for (const [path, drafts] of seedDrafts(cluster)) {
			for (const draft of drafts) this.store.create(at(path), draft);
		}
		this.#countBudgets();
	}

	/** Looks at what stands in the API now, as controllers do, and does what is missing. */
	#settle(): void {
		this.#watchNodes();
		this.#dropGone();
		for (const deployment of this.#cluster.deployments) this.#replicate(deployment);
		this.#enforce();
		this.#countBudgets();
	}

	#watchNodes(): void {
		for (const node of this.#cluster.nodes) {
			const spec = this.store.get(at(`/api/v1/nodes/${node.name}`)).spec ?? {};
			node.isCordoned = spec['unschedulable'] === true;
			node.taints = Array.isArray(spec['taints']) ? spec['taints'].length : 0;
		}
	}

	#dropGone(): void {
		const { pods } = this.#cluster;
		for (const pod of [...pods]) {
			if (this.#objectOf(pod)) continue;
			pods.splice(pods.indexOf(pod), 1);
			this.#tell('ended', pod);
		}
	}

	/** As many pods as are wanted: those whose labels were taken off no longer count. */
	#replicate(deployment: Deployment): void {
		const { ns, app } = deployment;
		const { spec } = this.store.get(at(`/apis/apps/v1/namespaces/${ns}/deployments/${app}`));
		deployment.replicas = Number(spec?.['replicas'] ?? 0);
		const own = this.#cluster.pods.filter(
			(pod) => pod.ns === ns && pod.app === app && this.#labels(pod)['app'] === app,
		);
		for (let missing = deployment.replicas - own.length; missing > 0; missing--)
			this.#start(deployment);
		for (const pod of own.slice(deployment.replicas)) {
			this.store.delete(podPlace(pod), {});
			this.#cluster.pods.splice(this.#cluster.pods.indexOf(pod), 1);
			this.#tell('ended', pod);
		}
	}

	#start(deployment: Deployment): void {
		const open = this.#cluster.nodes.filter(
			({ isCordoned, taints }) => !isCordoned && taints === 0,
		);
		const node = open[this.#chance.whole(0, open.length - 1)];
		if (!node) return;
		const pod = aPod(this.#chance, deployment, node.name);
		this.#cluster.pods.push(pod);
		this.store.create(podPlace(pod), podDraft(pod, deployment));
		this.#tell('started', pod);
	}

	#enforce(): void {
		for (const pod of this.#cluster.pods) {
			const isIsolated = this.#isCutOff(pod);
			if (isIsolated === pod.isIsolated) continue;
			pod.isIsolated = isIsolated;
			this.#tell(isIsolated ? 'isolated' : 'released', pod);
		}
	}

	/** Policies add up: one that selects it closes the way out, and any other that lets something out opens it. */
	#isCutOff(pod: Pod): boolean {
		const labels = this.#labels(pod);
		const specs = this.store
			.list(at(`/apis/networking.k8s.io/v1/namespaces/${pod.ns}/networkpolicies`))
			.map(({ spec = {} }) => spec)
			.filter(({ podSelector }) => holds(podSelector, labels));
		const isOut = ({ policyTypes }: Readonly<Record<string, unknown>>) =>
			Array.isArray(policyTypes) && policyTypes.includes('Egress');
		const outward = specs.filter(isOut);
		return (
			outward.length > 0 &&
			outward.every(({ egress }) => !Array.isArray(egress) || egress.length === 0)
		);
	}

	#countBudgets(): void {
		for (const budget of this.store.list({
			root: '/apis/policy/v1',
			resource: 'poddisruptionbudgets',
			namespace: undefined,
		})) {
			const { namespace = '', name } = budget.metadata;
			const healthy = this.#cluster.pods.filter(
				(pod) => pod.ns === namespace && holds(budget.spec?.['selector'], this.#labels(pod)),
			).length;
			const needed = Number(budget.spec?.['minAvailable'] ?? 0);
			const status = {
				currentHealthy: healthy,
				desiredHealthy: needed,
				disruptionsAllowed: Math.max(0, healthy - needed),
			};
			const place = at(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${name}`);
			if (JSON.stringify(status) !== JSON.stringify(budget.status))
				this.store.replace(place, { ...budget, status });
		}
	}

	#heldBy({ metadata }: KubeObject): string | undefined {
		const { namespace, labels = {} } = metadata;
		const budgets = this.store.list({
			root: '/apis/policy/v1',
			resource: 'poddisruptionbudgets',
			namespace,
		});
		const held = budgets.find(
			({ spec, status }) =>
				holds(spec?.['selector'], labels) && status?.['disruptionsAllowed'] === 0,
		);
		if (!held) return undefined;
		const { name } = held.metadata;
		const { desiredHealthy, currentHealthy } = held.status ?? {};
		return `Cannot evict pod as it would violate the pod's disruption budget. The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
	}

	#labels(pod: Pod): Readonly<Record<string, string>> {
		return this.#objectOf(pod)?.metadata.labels ?? {};
	}

	#objectOf(pod: Pod): KubeObject | undefined {
		try {
			const object = this.store.get(podPlace(pod));
			return object.metadata.uid === pod.uid ? object : undefined;
		} catch (thrown) {
			if (thrown instanceof KubeError) return undefined;
			throw thrown;
		}
	}
}

function podPlace({ ns, name }: Pod): KubePlace {
	return at(`/api/v1/namespaces/${ns}/pods/${name}`);
}

function at(path: string): KubePlace {
	const place = kubePlace(path);
	if (!place) throw new Error(`no path of the API: ${path}`);
	return place;
}

/** Labels are all that selectors of the lab and of our own policies select by. */
function holds(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
	if (typeof selector !== 'object' || selector === null) return false;
	const wanted: unknown = Reflect.get(selector, 'matchLabels') ?? {};
	return Object.entries(wanted as object).every(([key, value]) => labels[key] === value);
}

function logOf({ metadata }: KubeObject): string {
	const lines = ['GET /healthz 200 0.4ms', 'POST /charge 201 38ms', 'GET /healthz 200 0.3ms'];
	return lines.map((line) => `${metadata.name} ${line}\n`).join('');
}
