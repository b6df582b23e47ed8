import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** Why an event came about: a run of ours, and how many runs stand behind one another up to it. */
export type Cause = { readonly run: string; readonly depth: number };

const key = 'eventctl_cause';
/** What buses add to the data they carry. */
const stamps = [key, '_stamp'];
/** Salt's minion bus and salt-api wrap what was sent. */
const maxDepth = 3;

/**
 * The data with a mark that it is ours; what is no map cannot be marked and stays as it is. The mark is signed together
 * with tag and data: copied onto another event it proves nothing.
 */
export function withCause(tag: string, data: unknown, cause: Cause, secret: Uint8Array): unknown {
	if (!isRecord(data)) return data;
	const { run, depth } = cause;
	return { ...data, [key]: { run, depth, sig: signature(tag, data, cause, secret) } };
}

/** The cause an event's data names, where its signature holds; `forged` where a mark is there that nobody of us made. */
export function causeOf(
	tag: string,
	data: unknown,
	secret: Uint8Array,
): Cause | 'forged' | undefined {
	const holder = marked(data, maxDepth);
	const mark = holder?.[key];
	if (holder === undefined || mark === undefined) return undefined;
	if (!isRecord(mark)) return 'forged';
	const { run, depth, sig } = mark;
	if (typeof run !== 'string' || typeof depth !== 'number' || typeof sig !== 'string') {
		return 'forged';
	}
	const right = Buffer.from(signature(tag, holder, { run, depth }, secret));
	const given = Buffer.from(sig);
	const isRight = right.length === given.length && timingSafeEqual(right, given);
	return isRight ? { run, depth } : 'forged';
}

function marked(data: unknown, depth: number): Readonly<Record<string, unknown>> | undefined {
	if (!isRecord(data) || depth === 0) return undefined;
	return Object.hasOwn(data, key) ? data : marked(data['data'], depth - 1);
}

function signature(
	tag: string,
	data: Readonly<Record<string, unknown>>,
	{ run, depth }: Cause,
	secret: Uint8Array,
): string {
	const said = Object.entries(data).filter(([name]) => !stamps.includes(name));
	return createHmac('sha256', secret)
		.update(canonicalJson([tag, run, depth, said.sort(byName)]))
		.digest('hex');
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
	return one < other ? -1 : 1;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!ArrayBuffer.isView(value) &&
		!(value instanceof Map)
	);
}
