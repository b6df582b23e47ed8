import * as z from 'zod';
import { issueWords } from '../src/core/issue-words.ts';
import { didYouMean } from '../src/core/nearest.ts';
import { isReference } from '../src/core/secret.ts';
import { SettingsFailure } from '../src/core/settings-failure.ts';
import type { LineSource } from './wire/line-source.ts';

/** Settings as a schema takes them; throws a Failure that names the kind, each wrong key, and what is wrong with it. */
export function checked<T>(kind: string, schema: z.ZodType<T>, raw: unknown): T {
	const result = schema.safeParse(raw);
	if (result.success) return result.data;
	const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
	const wrongs = result.error.issues.flatMap((issue) => wrongsOf(issue, known));
	throw new SettingsFailure(
		`${kind}: ${wrongs.map(({ says }) => says).join('; ')}`,
		wrongs[0]?.path,
	);
}

type Wrong = { readonly path: readonly string[]; readonly says: string };

function wrongsOf(issue: z.core.$ZodIssue, known: readonly string[]): readonly Wrong[] {
	const path = issue.path.map(String);
	if (issue.code !== 'unrecognized_keys') {
		return [{ path, says: [...path, issueWords(issue)].join(': ') }];
	}
	return issue.keys.map((key) => {
		const meant = path.length === 0 ? didYouMean(key, known) : '';
		return { path: [...path, key], says: `${[...path, key].join('.')} is not known${meant}` };
	});
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

/** A secret named by hand: a reference as it is, else the path of a file that holds it. */
export function fileOr(text: string | undefined): string | undefined {
	return text === undefined || isReference(text) ? text : `file:${text}`;
}
