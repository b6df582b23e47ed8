import type { Loaded } from '../config/load.ts';
import type { ReadySource } from '../config/sources.ts';
import { reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { isReference, resolveSecret } from '../core/secret.ts';
import { environmentOf } from './disk.ts';
import type { Io } from './io.ts';

/** What of a configuration may point to secrets. */
const holders = ['sources', 'notify', 'actions', 'salt'] as const;

type Leaf = { readonly path: readonly string[]; readonly text: string };

/**
 * Secrets that cannot be read from here, as warnings: elsewhere they may be. A command that would give one is not run.
 */
export async function referenceProblems(
	{ config, where }: Loaded,
	env: Io['env'],
): Promise<readonly FileProblem[]> {
	const leaves = holders.flatMap((key) => leavesOf(config[key], [key]));
	const found = leaves.filter(({ text }) => isReference(text) && !text.startsWith('cmd:'));
	const problems = await Promise.all(
		found.map(async ({ path, text }): Promise<FileProblem | undefined> => {
			const why = await resolveSecret(text, env).then(() => undefined, reasonOf);
			const { file, line = 1, column = 1 } = where(path) ?? {};
			if (why === undefined || file === undefined) return undefined;
			return { file, line, column, says: `${path.join('.')}: ${why}`, isWarning: true };
		}),
	);
	return problems.filter((problem) => problem !== undefined);
}

/**
 * What else sources point to and cannot use: a seed that is none, a context that is not there. One that a command would
 * give a secret, or whose secrets are told already, is left alone.
 */
export async function settingsProblems(
	sources: readonly ReadySource[],
	{ where }: Loaded,
	env: Io['env'],
	told: readonly FileProblem[],
): Promise<readonly FileProblem[]> {
	const world = environmentOf(env, false);
	const problems = await Promise.all(
		sources.map(async ({ name, connector, settings, raw }): Promise<FileProblem | undefined> => {
			const isTold = told.some(({ says }) => says.startsWith(`sources.${name}.`));
			const runs = leavesOf(raw, []).some(({ text }) => text.startsWith('cmd:'));
			if (isTold || runs || !connector.check) return undefined;
			const why = await connector.check(settings, world).then(() => undefined, reasonOf);
			const { file, line = 1, column = 1 } = where(['sources', name]) ?? {};
			if (why === undefined || file === undefined) return undefined;
			return { file, line, column, says: `source ${name}: ${why}`, isWarning: true };
		}),
	);
	return problems.filter((problem) => problem !== undefined);
}

/** Every text within a value, with the way to it. */
function leavesOf(value: unknown, path: readonly string[]): readonly Leaf[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
