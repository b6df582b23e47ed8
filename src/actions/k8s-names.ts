import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Names by the API's own grammar: what is none of them never gets into a path. */
export const namespaceName = z.string().regex(label, 'is no name of a namespace');
export const objectName = z.string().max(253).regex(subdomain, 'is no name of an object');
export const labelKey = z.string().refine(isLabelKey, 'is no key of a label');
export const labelValue = z
	.string()
	.refine((value) => value === '' || labelName.test(value), 'is no value of a label');
/** A kubeconfig's own word: it never gets into a path. */
const contextName = z.string().min(1).max(253);

/** What every action may be told beside its target: the cluster. */
export const cluster = { context: contextName.exactOptional() };

function isLabelKey(key: string): boolean {
	const parts = key.split('/');
	const [first = '', second] = parts;
	if (second === undefined) return labelName.test(first);
	return (
		parts.length === 2 && first.length <= 253 && subdomain.test(first) && labelName.test(second)
	);
}

/** An action's parameters checked; throws a Failure that names the action, each wrong key, and what is wrong with it. */
export function paramsOf<T>(kind: string, schema: z.ZodType<T>, raw: unknown): T {
	const result = schema.safeParse(raw);
	if (result.success) return result.data;
	const says = result.error.issues.map(({ path, message }) => [...path, message].join(': '));
	throw new Failure('usage', `${kind}: ${says.join('; ')}`);
}

/** `payments/pay-7d9f`, as a command line names a pod. */
export function podTargetOf(kind: string, text: string): JsonObject {
	const [namespace, pod, ...rest] = text.split('/');
	if (namespace && pod && rest.length === 0) return { namespace, pod };
	throw new Failure('usage', `${kind}: ${text} is no pod: write NAMESPACE/POD`);
}

/** `web12`, or `payments/pay-7d9f` for the node that this pod runs on. */
export function nodeTargetOf(kind: string, text: string): JsonObject {
	return text.includes('/') ? podTargetOf(kind, text) : { node: text };
}
