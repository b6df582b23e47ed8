import { readFileSync } from 'node:fs';
import type { KubeConfig } from '@kubernetes/client-node';
import {
	type JsonPatch,
	type KubeAccess,
	KubeError,
	type KubeObject,
	type KubeTool,
	type KubeWrite,
} from '../core/kube-tool.ts';
import { accessAnswer, listPage, objectOf } from './kube-answers.ts';
import { inCluster, loadKubeConfig, serviceAccount } from './kube-config.ts';
import { KubeHttp } from './kube-http.ts';

const pageSize = '500';
const jsonType = 'application/json';
const patchType = 'application/json-patch+json';
const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Opens a cluster as kubectl would; nothing is sent yet. Throws a Failure where none is configured. */
export async function openKube(
	environment: Readonly<Record<string, string | undefined>>,
	context?: string,
): Promise<KubeTool> {
	return new KubeClient(await loadKubeConfig(environment, context));
}

class KubeClient implements KubeTool {
	readonly context: string;
	readonly self: { readonly namespace?: string; readonly bootId?: string };
	readonly #http: KubeHttp;

	constructor(config: KubeConfig) {
		const name = config.getCurrentContext();
		this.context = name === 'inClusterContext' ? inCluster : name;
		this.self = whereWeRun();
		this.#http = new KubeHttp(config);
	}

	async get(path: string, stop: AbortSignal): Promise<KubeObject | undefined> {
		try {
			return objectOf(await this.#http.send({ method: 'GET', path }, stop));
		} catch (thrown) {
			if (thrown instanceof KubeError && thrown.status === 404) return undefined;
			throw thrown;
		}
	}

	async list(
		path: string,
		query: Readonly<Record<string, string>>,
		stop: AbortSignal,
	): Promise<readonly KubeObject[]> {
		const items: KubeObject[] = [];
		let next: string | undefined = '';
		while (next !== undefined) {
			const paged = { ...query, limit: pageSize, ...(next ? { continue: next } : {}) };
			const page = listPage(await this.#http.send({ method: 'GET', path, query: paged }, stop));
			items.push(...page.items);
			next = page.next;
		}
		return items;
	}

	async create(path: string, body: unknown, write: KubeWrite, stop: AbortSignal) {
		return objectOf(await this.#write('POST', path, body, jsonType, write, stop));
	}

	async act(path: string, body: unknown, write: KubeWrite, stop: AbortSignal): Promise<void> {
		await this.#write('POST', path, body, jsonType, write, stop);
	}

	async patch(path: string, patch: JsonPatch, write: KubeWrite, stop: AbortSignal) {
		return objectOf(await this.#write('PATCH', path, patch, patchType, write, stop));
	}

	async replace(path: string, body: unknown, write: KubeWrite, stop: AbortSignal) {
		return objectOf(await this.#write('PUT', path, body, jsonType, write, stop));
	}

	async delete(path: string, options: unknown, write: KubeWrite, stop: AbortSignal): Promise<void> {
		await this.#write('DELETE', path, options, jsonType, write, stop);
	}

	text(
		path: string,
		query: Readonly<Record<string, string>>,
		maxBytes: number,
		stop: AbortSignal,
	): Promise<string> {
		return this.#http.text({ method: 'GET', path, query }, maxBytes, stop);
	}

	async forbids(access: KubeAccess, stop: AbortSignal): Promise<string | undefined> {
		const review = {
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SelfSubjectAccessReview',
			spec: { resourceAttributes: access },
		};
		const order = { method: 'POST', path: reviews, body: review, type: jsonType } as const;
		const { isAllowed, reason } = accessAnswer(await this.#http.send(order, stop));
		if (isAllowed) return undefined;
		const what = access.subresource ? `${access.resource}/${access.subresource}` : access.resource;
		const where = access.namespace ? ` in ${access.namespace}` : '';
		return `the cluster ${this.context} does not let this user ${access.verb} ${what}${where}${reason ? `: ${reason}` : ''}`;
	}

	#write(
		method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
		path: string,
		body: unknown,
		type: string,
		{ dryRun = false }: KubeWrite,
		stop: AbortSignal,
	): Promise<unknown> {
		const query = { fieldManager: 'eventctl', ...(dryRun ? { dryRun: 'All' } : {}) };
		return this.#http.send({ method, path, query, body, type, isDeed: !dryRun }, stop);
	}
}

/** A container shares its node's boot id, so that a node can be told apart from the one under our feet. */
function whereWeRun(): KubeTool['self'] {
	const namespace = wordIn(`${serviceAccount}/namespace`);
	const bootId = wordIn('/proc/sys/kernel/random/boot_id');
	return { ...(namespace ? { namespace } : {}), ...(bootId ? { bootId } : {}) };
}

function wordIn(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8').trim();
	} catch {
		// Outside a cluster there is no such file, and elsewhere than on Linux neither.
		return undefined;
	}
}
