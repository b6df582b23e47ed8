import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalLine } from '../codec/canonical.ts';
import { type Step, stepKinds } from '../core/approval.ts';
import type { Kept } from '../core/store.ts';

/** What a record is chained to: the one before it. */
export type Head = Pick<Kept, 'seq' | 'hash'>;

/** Before the first record. */
export const noHead: Head = { seq: 0, hash: '0'.repeat(64) };

/** A record and the line of ASCII it is kept as. */
export type Written = { readonly kept: Kept; readonly line: string };

/** The step as the record after `head`. */
export function recordAfter({ seq: last, hash: prev }: Head, step: Step): Written {
	const seq = last + 1;
	const line = canonicalLine({ seq, prev, ...step });
	return { kept: { seq, step, hash: hashOf(line), prev }, line };
}

export function hashOf(line: string): string {
	return createHash('sha256').update(line).digest('hex');
}

const text = z.string();

const record = z.strictObject({
	seq: z.int().positive(),
	prev: text,
	id: text,
	rev: z.int().positive(),
	at: text,
	kind: z.enum(stepKinds),
	actor: z.strictObject({ id: text, name: text, from: text.optional() }),
	contentHash: text.optional(),
	// What was read as JSON is nothing else, however deep.
	detail: z.custom<Step['detail']>(
		(value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	),
});

/** The record a line holds; undefined where it is none. Its hash is the line's own, whatever `prev` says. */
export function recordIn(line: string): Kept | undefined {
	const read = record.safeParse(parsed(line));
	if (!read.success) return undefined;
	const { seq, prev, actor, contentHash, ...rest } = read.data;
	const { from, ...who } = actor;
	const step: Step = {
		...rest,
		actor: from === undefined ? who : { ...who, from },
		...(contentHash === undefined ? {} : { contentHash }),
	};
	return { seq, step, hash: hashOf(line), prev };
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		// Half a line or garbage is no record, and that is all there is to say of it here.
		return undefined;
	}
}
