import { glob } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DefinitionFile, Section } from '../codec/definitions.ts';
import type { Loaded } from '../config/load.ts';
import { type ConfigFiles, ownText } from '../config/own-text.ts';
import { configFolder } from '../config/places.ts';
import { reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { configFiles } from './disk.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A file of rules or playbooks, and where it lies on disk. */
export type FoundFile = DefinitionFile & { readonly location: string };

export type FoundFiles = {
	readonly files: readonly FoundFile[];
	readonly problems: readonly FileProblem[];
};

/**
 * The files a section of the configuration names: globs, relative to the file that says them, and `shipped:NAME`. Where
 * none is named, those of the folder of that name beside the user's configuration.
 */
export async function definitionFiles(
	section: Section,
	{ config, origins }: Loaded,
	env: Env,
	disk: ConfigFiles = configFiles,
): Promise<FoundFiles> {
	const origin = origins.get(section);
	const own = { patterns: [`${section}/*.yaml`], folder: configFolder(env) };
	const said = { patterns: config[section], folder: dirname(origin?.file ?? '.') };
	const { patterns, folder } = origin ? said : own;
	const files = new Map<string, FoundFile>();
	const problems: FileProblem[] = [];
	const { file = 'config', line = 1, column = 1 } = origin ?? {};
	for (const pattern of patterns) {
		const paths = await pathsOf(pattern, folder);
		if (paths.length === 0 && origin) {
			problems.push({ file, line, column, says: `${section}: ${pattern} is no file there is` });
		}
		for (const path of paths) {
			try {
				const text = await ownText(disk, path);
				if (text !== undefined)
					files.set(path, { path: shown(path, pattern), location: path, text, holds: section });
			} catch (error) {
				problems.push({ file: path, line: 1, column: 1, says: reasonOf(error) });
			}
		}
	}
	return { files: [...files.values()], problems };
}

const shippedPrefix = 'shipped:';

async function pathsOf(pattern: string, folder: string): Promise<readonly string[]> {
	if (pattern.startsWith(shippedPrefix)) return shippedPath(pattern.slice(shippedPrefix.length));
	const whole = isAbsolute(pattern) ? pattern : join(folder, pattern);
	return (await all(glob(whole))).sort();
}

async function shippedPath(name: string): Promise<readonly string[]> {
	if (!/^[a-z0-9-]+$/u.test(name)) return [];
	const path = fileURLToPath(import.meta.resolve(`#playbooks/${name}.yaml`));
	return all(glob(path));
}

async function all(paths: AsyncIterable<string>): Promise<string[]> {
	const found: string[] = [];
	for await (const path of paths) found.push(path);
	return found;
}

/** A short name for messages: what was said, or the way from here. */
function shown(path: string, pattern: string): string {
	if (pattern.startsWith(shippedPrefix)) return pattern;
	const near = relative(process.cwd(), path);
	return near.startsWith('..') ? path : near;
}
