import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { Facts } from '../core/facts.ts';

const pattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/u;

/** A host's name: letters, digits, dots, dashes. */
export const hostName = z.string().regex(pattern, 'is no name of a host');

/** Parameters read by their schema; a Failure whose sentence names what is wrong. */
export function parseParams<T>(kind: string, schema: z.ZodType<T>, raw: unknown): T {
	const read = schema.safeParse(raw);
	if (read.success) return read.data;
	throw new Failure('usage', `${kind}: ${z.prettifyError(read.error)}`);
}

/** The host that the command line's target means. */
export function hostTarget(kind: string, text: string): { readonly host: string } {
	if (pattern.test(text)) return { host: text };
	throw new Failure('usage', `${kind}: its target is a host: eventctl run ${kind} web12`);
}

/** The host an event is about, where it names one. */
export function hostOf({ host }: Facts): { readonly host: string } | undefined {
	return host !== undefined && pattern.test(host) ? { host } : undefined;
}
