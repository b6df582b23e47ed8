import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type JsonPatch, KubeError, type KubeObject } from '../core/kube-tool.ts';
import { patched } from './json-patch.ts';
import { type Draft, type KubePlace, type KubeStore, kubePlace } from './kube-store.ts';

/** What a cluster does beside keeping objects. */
export type KubeNature = {
	/** Why this user may not. */
	forbids?(verb: string, resource: string, namespace: string | undefined): string | undefined;
	/** Why this pod may not be evicted now. */
	keeps?(pod: KubeObject): string | undefined;
	/** Something was written or deleted: controllers look again. */
	changed?(): void;
	logs?(pod: KubeObject): string;
	/** Resources of further API groups, by the group's path. */
	readonly groups?: Readonly<Record<string, readonly string[]>>;
};

type Call = {
	readonly method: string;
	readonly place: KubePlace;
	readonly query: URLSearchParams;
	readonly body: unknown;
};

const mostBytes = 1024 * 1024;
const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const verbs: Readonly<Record<string, string>> = {
	GET: 'get',
	POST: 'create',
	PUT: 'update',
	PATCH: 'patch',
	DELETE: 'delete',
};

/** As much of the Kubernetes REST API as eventctl speaks, over one store, on loopback. */
export class KubeApi {
	readonly #store: KubeStore;
	readonly #nature: KubeNature;
	readonly #server: Server = createServer(
		(request, response) => void this.#serve(request, response),
	);

	constructor(store: KubeStore, nature: KubeNature = {}) {
		this.#store = store;
		this.#nature = nature;
	}

	/** The base URL, on a port that was free. */
	async open(): Promise<string> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		const address = this.#server.address();
		if (typeof address !== 'object' || address === null) throw new Error('no port');
		return `http://127.0.0.1:${address.port}`;
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		this.#server.close();
		this.#server.closeAllConnections();
		await once(this.#server, 'close');
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const url = new URL(request.url ?? '/', 'http://lab');
			const body = await jsonOf(request);
			const result =
				url.pathname === reviews ? this.#review(body) : this.#answer(request, url, body);
			if (typeof result === 'string') response.end(result);
			else reply(response, request.method === 'POST' ? 201 : 200, result);
		} catch (thrown) {
			const [code, message] =
				thrown instanceof KubeError ? [thrown.status, thrown.message] : [400, `${thrown}`];
			reply(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
		}
	}

	#answer({ method = 'GET' }: IncomingMessage, url: URL, body: unknown): unknown {
		const group = this.#nature.groups?.[url.pathname];
		if (group) return { kind: 'APIResourceList', resources: group.map((name) => ({ name })) };
		const place = kubePlace(url.pathname);
		if (!place) throw new KubeError(404, 'the server could not find the requested resource');
		const verb = method === 'GET' && place.name === undefined ? 'list' : (verbs[method] ?? method);
		const why = this.#nature.forbids?.(verb, place.resource, place.namespace);
		if (why !== undefined) throw new KubeError(403, why);
		const result = this.#act({ method, place, query: url.searchParams, body });
		if (method !== 'GET' && !url.searchParams.has('dryRun')) this.#nature.changed?.();
		return result;
	}

	#act({ method, place, query, body }: Call): unknown {
		const isDryRun = query.get('dryRun') === 'All';
		if (place.subresource === 'log') return this.#nature.logs?.(this.#store.get(place)) ?? '';
		if (place.subresource === 'eviction') return this.#evict(place, body as Options, isDryRun);
		if (place.subresource === 'scale') return this.#scale(method, place, body, isDryRun);
		if (method === 'POST') return this.#store.create(place, body as Draft, isDryRun);
		if (method === 'PATCH') return this.#store.patch(place, body as JsonPatch, isDryRun);
		if (method === 'PUT') return this.#store.replace(place, body as KubeObject, isDryRun);
		if (method === 'DELETE') {
			return this.#store.delete(
				place,
				(body as Options | undefined)?.preconditions ?? {},
				isDryRun,
			);
		}
		if (place.name !== undefined) return this.#store.get(place);
		return { kind: 'List', metadata: {}, items: selected(this.#store.list(place), query) };
	}

	#evict(
		place: KubePlace,
		body: Options | { deleteOptions?: Options },
		isDryRun: boolean,
	): unknown {
		const why = this.#nature.keeps?.(this.#store.get(place));
		if (why !== undefined) throw new KubeError(429, why);
		const { preconditions = {} } = ('deleteOptions' in body ? body.deleteOptions : undefined) ?? {};
		this.#store.delete({ ...place, subresource: undefined }, preconditions, isDryRun);
		return { kind: 'Status', apiVersion: 'v1', status: 'Success' };
	}

	#scale(method: string, place: KubePlace, body: unknown, isDryRun: boolean): unknown {
		const whole = { ...place, subresource: undefined };
		const now = this.#store.get(whole);
		if (method === 'GET') return scaleOf(now);
		const scale = method === 'PATCH' ? patched(scaleOf(now), body as JsonPatch) : body;
		if (scale === undefined)
			throw new KubeError(422, 'the server rejected our request due to an error in our request');
		const spec = { ...now.spec, replicas: (scale as KubeObject).spec?.['replicas'] };
		return scaleOf(this.#store.replace(whole, { ...now, spec }, isDryRun));
	}

	#review(body: unknown): unknown {
		const { spec } = body as {
			spec: { resourceAttributes: { verb: string; resource: string; namespace?: string } };
		};
		const { verb, resource, namespace } = spec.resourceAttributes;
		const reason = this.#nature.forbids?.(verb, resource, namespace);
		return { ...(body as object), status: { allowed: reason === undefined, reason } };
	}
}

type Options = { readonly preconditions?: { readonly uid?: string } };

function scaleOf({ metadata, spec }: KubeObject): KubeObject {
	const replicas = spec?.['replicas'];
	return { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata, spec: { replicas } };
}

/** `fieldSelector` as far as it is asked for: one path and its value. */
function selected(objects: readonly KubeObject[], query: URLSearchParams): readonly KubeObject[] {
	const [path = '', wanted] = query.get('fieldSelector')?.split('=') ?? [];
	if (wanted === undefined) return objects;
	return objects.filter((object) => path.split('.').reduce<unknown>(member, object) === wanted);
}

function member(holder: unknown, key: string): unknown {
	return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request) {
		text += chunk;
		if (text.length > mostBytes) throw new KubeError(413, 'the request is too large');
	}
	return text === '' ? undefined : JSON.parse(text);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
