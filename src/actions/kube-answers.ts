import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { KubeObject } from '../core/kube-tool.ts';

const text = z.string();
const texts = z.record(text, text);
const owner = z.looseObject({
	kind: text,
	name: text,
	uid: text,
	controller: z.boolean().exactOptional(),
});
const metadata = z.looseObject({
	name: text,
	namespace: text.exactOptional(),
	uid: text,
	/** An object that was only rehearsed has none. */
	resourceVersion: text.default(''),
	labels: texts.exactOptional(),
	annotations: texts.exactOptional(),
	ownerReferences: z.array(owner).exactOptional(),
	deletionTimestamp: text.exactOptional(),
});
const anything = z.record(text, z.unknown());
const object = z.looseObject({
	apiVersion: text.exactOptional(),
	kind: text.exactOptional(),
	metadata,
	spec: anything.exactOptional(),
	status: anything.exactOptional(),
});
const list = z.object({
	metadata: z.object({ continue: text.exactOptional() }),
	items: z.array(object).nullable(),
});
const review = z.object({
	status: z.object({ allowed: z.boolean(), reason: text.exactOptional() }),
});
const status = z.object({ message: text });

/** An object of the API; throws a Failure where the answer is something else. */
export function objectOf(answer: unknown): KubeObject {
	return read(object, answer);
}

export function listPage(answer: unknown): {
	readonly items: readonly KubeObject[];
	readonly next: string | undefined;
} {
	const { items, metadata } = read(list, answer);
	return { items: items ?? [], next: metadata.continue || undefined };
}

export function accessAnswer(answer: unknown): {
	readonly isAllowed: boolean;
	readonly reason: string | undefined;
} {
	const { allowed, reason } = read(review, answer).status;
	return { isAllowed: allowed, reason };
}

/** The server's own words in a `Status`, if the text is one. */
export function statusMessage(body: string): string | undefined {
	try {
		return status.safeParse(JSON.parse(body)).data?.message;
	} catch {
		// A proxy in between answers in its own words.
		return undefined;
	}
}

function read<T>(schema: z.ZodType<T>, answer: unknown): T {
	const result = schema.safeParse(answer);
	if (result.success) return result.data;
	const issue = result.error.issues[0];
	const where = issue ? `${issue.path.join('.')}: ${issue.message}` : '';
	throw new Failure(
		'undecodable',
		`kubernetes: the answer is not what the API promises (${where})`,
	);
}
