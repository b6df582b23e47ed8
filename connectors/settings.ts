import * as z from 'zod';
import { Failure } from '../src/core/errors.ts';
import type { LineSource } from './wire/line-source.ts';

/** Settings as a schema takes them; throws a Failure that names the kind, each wrong key, and what is wrong with it. */
export function checked<T>(kind: string, schema: z.ZodType<T>, raw: unknown): T {
	const result = schema.safeParse(raw);
	if (result.success) return result.data;
	const says = result.error.issues.map(({ path, message }) => [...path, message].join(': '));
	throw new Failure('config', `${kind}: ${says.join('; ')}`);
}

/** The keys that say where lines come from; exactly one of the three ways is set. */
export const lineKeys = {
	file: z.string().min(1).optional(),
	stdin: z.literal(true).optional(),
	command: z.array(z.string()).nonempty().optional(),
	from: z.enum(['start', 'end']).default('start'),
} as const;

export type LineKeys = {
	readonly file?: string | undefined;
	readonly command?: readonly string[] | undefined;
	readonly from: 'start' | 'end';
};

/** What follows the kind in `-s`: `FILE`, `-` or `!CMD ARG…`, which is split at blanks and meets no shell. */
export function lineKeysOf(rest: string): Readonly<Record<string, unknown>> {
	if (rest === '-') return { stdin: true };
	if (rest.startsWith('!')) return { command: rest.slice(1).split(/\s+/).filter(Boolean) };
	return { file: rest };
}

export function lineSourceOf(
	{ file, command, from }: LineKeys,
	{ follow, restart }: { readonly follow: boolean; readonly restart: boolean },
): LineSource {
	if (file !== undefined) {
		return { way: 'path', path: file, from, follow, bookmark: { place: undefined } };
	}
	if (command) return { way: 'command', argv: command, restart };
	return { way: 'stdin' };
}

/** How many of these are set. */
export function countSet(...values: readonly unknown[]): number {
	return values.filter((value) => value !== undefined).length;
}
