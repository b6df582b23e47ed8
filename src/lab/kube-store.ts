import { type JsonPatch, KubeError, type KubeObject } from '../core/kube-tool.ts';
import { patched } from './json-patch.ts';

/** A place in the API: `/api/v1/namespaces/payments/pods/pay-1/eviction`. */
export type KubePlace = {
	/** `/api/v1` or `/apis/GROUP/VERSION`. */
	readonly root: string;
	readonly namespace: string | undefined;
	readonly resource: string;
	readonly name: string | undefined;
	readonly subresource: string | undefined;
};

export type Draft = {
	readonly apiVersion?: string;
	readonly kind?: string;
	readonly metadata: Partial<KubeObject['metadata']> & { readonly name: string };
	readonly [key: string]: unknown;
};

const placePattern =
	/^(?<root>\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[a-z]+)(?:\/(?<name>[^/]+))?(?:\/(?<subresource>[a-z]+))?$/;

export function kubePlace(path: string): KubePlace | undefined {
	const parts = placePattern.exec(path)?.groups;
	if (!parts) return undefined;
	const { root = '', namespace, resource = '', name, subresource } = parts;
	return { root, namespace: decoded(namespace), resource, name: decoded(name), subresource };
}

/** Objects by their place, with what every cluster promises of them: uids, versions, preconditions, dry runs. */
export class KubeStore {
	readonly #objects = new Map<string, KubeObject>();
	readonly #newUid: () => string;
	#version = 1000;

	constructor(newUid: () => string) {
		this.#newUid = newUid;
	}

	get(place: KubePlace): KubeObject {
		const found = this.#objects.get(keyOf(place));
		if (found) return found;
		throw new KubeError(404, `${place.resource} "${place.name}" not found`);
	}

	/** All of a resource, of one namespace where the place names one. */
	list({
		root,
		resource,
		namespace,
	}: Pick<KubePlace, 'root' | 'resource' | 'namespace'>): readonly KubeObject[] {
		const prefix = `${root} ${resource} ${namespace === undefined ? '' : `${namespace} `}`;
		return [...this.#objects].filter(([key]) => key.startsWith(prefix)).map(([, object]) => object);
	}

	create(place: KubePlace, draft: Draft, isDryRun = false): KubeObject {
		const named = { ...place, name: draft.metadata.name };
		if (this.#objects.has(keyOf(named))) {
			throw new KubeError(409, `${place.resource} "${named.name}" already exists`);
		}
		const { namespace } = place;
		const uid = draft.metadata.uid ?? this.#newUid();
		const own = { ...(namespace === undefined ? {} : { namespace }), uid };
		return this.#put(
			named,
			{ ...draft, metadata: { ...draft.metadata, ...own, resourceVersion: '' } },
			isDryRun,
		);
	}

	replace(place: KubePlace, object: KubeObject, isDryRun = false): KubeObject {
		const { resourceVersion, uid } = this.get(place).metadata;
		const wanted = object.metadata.resourceVersion || resourceVersion;
		if (wanted !== resourceVersion) throw new KubeError(409, changedSince(place));
		return this.#put(place, { ...object, metadata: { ...object.metadata, uid } }, isDryRun);
	}

	patch(place: KubePlace, patch: JsonPatch, isDryRun = false): KubeObject {
		const result = patched(this.get(place), patch);
		if (isObject(result)) return this.#put(place, result, isDryRun);
		throw new KubeError(422, 'the server rejected our request due to an error in our request');
	}

	delete(place: KubePlace, preconditions: { readonly uid?: string }, isDryRun = false): KubeObject {
		const object = this.get(place);
		const { uid } = object.metadata;
		if (preconditions.uid !== undefined && preconditions.uid !== uid) {
			throw new KubeError(
				409,
				`Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${uid}`,
			);
		}
		if (!isDryRun) this.#objects.delete(keyOf(place));
		return object;
	}

	#put(place: KubePlace, object: KubeObject, isDryRun: boolean): KubeObject {
		const version = isDryRun ? this.#version : ++this.#version;
		const kept = { ...object, metadata: { ...object.metadata, resourceVersion: `${version}` } };
		if (!isDryRun) this.#objects.set(keyOf(place), kept);
		return kept;
	}
}

function keyOf({ root, resource, namespace = '', name = '' }: KubePlace): string {
	return [root, resource, namespace, name].join(' ');
}

function changedSince({ resource, name }: KubePlace): string {
	return `Operation cannot be fulfilled on ${resource} "${name}": the object has been modified`;
}

function isObject(value: unknown): value is KubeObject {
	return typeof value === 'object' && value !== null && 'metadata' in value;
}

function decoded(text: string | undefined): string | undefined {
	return text === undefined ? undefined : decodeURIComponent(text);
}
