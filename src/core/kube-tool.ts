/** An object of the Kubernetes API, as it came. */
export type KubeObject = {
	readonly apiVersion?: string;
	readonly kind?: string;
	readonly metadata: {
		readonly name: string;
		readonly namespace?: string;
		readonly uid: string;
		readonly resourceVersion: string;
		readonly labels?: Readonly<Record<string, string>>;
		readonly annotations?: Readonly<Record<string, string>>;
		readonly ownerReferences?: readonly {
			readonly kind: string;
			readonly name: string;
			readonly uid: string;
			readonly controller?: boolean;
		}[];
		readonly deletionTimestamp?: string;
	};
	readonly spec?: Readonly<Record<string, unknown>>;
	readonly status?: Readonly<Record<string, unknown>>;
	readonly [key: string]: unknown;
};

export type JsonPatch = readonly {
	readonly op: 'add' | 'remove' | 'replace' | 'test';
	readonly path: string;
	readonly value?: unknown;
}[];

/** What an API server refused, with its own words. */
export class KubeError extends Error {
	override readonly name = 'KubeError';
	/** HTTP status: 403, 404, 409, 422, 429. */
	readonly status: number;
	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export type KubeWrite = { readonly dryRun?: boolean };

/**
 * The verbs of the Kubernetes REST API; paths begin with `/api` or `/apis`. What the server refuses throws a KubeError, a
 * write that was sent and never answered a Doubt, anything else a Failure.
 */
export type KubeTool = {
	/** The kubeconfig context, or `in-cluster`; shown and part of the command lines. */
	readonly context: string;
	/** Where eventctl itself runs, as far as it can be told: never a target. */
	readonly self: { readonly namespace?: string; readonly bootId?: string };
	/** Undefined where there is no such object. */
	get(path: string, stop: AbortSignal): Promise<KubeObject | undefined>;
	list(
		path: string,
		query: Readonly<Record<string, string>>,
		stop: AbortSignal,
	): Promise<readonly KubeObject[]>;
	create(path: string, body: unknown, write: KubeWrite, stop: AbortSignal): Promise<KubeObject>;
	/** A subresource that does something and answers with no object: an eviction. */
	act(path: string, body: unknown, write: KubeWrite, stop: AbortSignal): Promise<void>;
	patch(path: string, patch: JsonPatch, write: KubeWrite, stop: AbortSignal): Promise<KubeObject>;
	replace(path: string, body: unknown, write: KubeWrite, stop: AbortSignal): Promise<KubeObject>;
	delete(path: string, options: unknown, write: KubeWrite, stop: AbortSignal): Promise<void>;
	/** A log or another text answer, at most `maxBytes` of it. */
	text(
		path: string,
		query: Readonly<Record<string, string>>,
		maxBytes: number,
		stop: AbortSignal,
	): Promise<string>;
	/** Why this user may not (`SelfSubjectAccessReview`); undefined where the server allows it. */
	forbids(access: KubeAccess, stop: AbortSignal): Promise<string | undefined>;
};

export type KubeAccess = {
	readonly verb: 'get' | 'list' | 'create' | 'patch' | 'update' | 'delete';
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string;
	readonly namespace?: string;
	readonly name?: string;
};
