import { basename, join } from 'node:path';
import * as z from 'zod';
import { parseYaml, printYaml } from '../codec/yaml.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { type ConfigFiles, ownText } from './own-text.ts';
import { configFolder, type Env, systemFolder, yamlIn } from './places.ts';
import { apiVersion } from './schema.ts';

const schema = z.strictObject({
	apiVersion: z.literal(apiVersion).optional(),
	filter: z.string(),
	time: z.enum(['local', 'utc', 'relative']).optional(),
	folded: z.boolean().optional(),
});

/** A saved view as its file says it; `isOwn` where the file is this user's. */
export type ViewFile = z.infer<typeof schema> & { readonly name: string; readonly isOwn: boolean };

/** All saved views by name, an own one before the team's of that name; and what is wrong with those left out. */
export async function loadViews(
	env: Env,
	files: ConfigFiles,
): Promise<{ readonly views: readonly ViewFile[]; readonly problems: readonly string[] }> {
	const views = new Map<string, ViewFile>();
	const problems: string[] = [];
	const own = viewsFolder(env);
	for (const folder of [join(systemFolder, 'views'), own]) {
		for (const path of await yamlIn(folder, files.list)) {
			try {
				const name = basename(path, '.yaml');
				views.set(name, { ...(await readView(path, files)), name, isOwn: folder === own });
			} catch (error) {
				if (!(error instanceof Failure)) throw error;
				problems.push(error.message);
			}
		}
	}
	const byName = [...views.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
	return { views: byName, problems };
}

/** Where this user's views are. */
export function viewsFolder(env: Env): string {
	return join(configFolder(env), 'views');
}

/** A view's file. */
export function viewText(view: Omit<z.infer<typeof schema>, 'apiVersion'>): string {
	return printYaml({ apiVersion, ...view });
}

async function readView(path: string, files: ConfigFiles): Promise<z.infer<typeof schema>> {
	const read = schema.safeParse(readYaml(path, (await ownText(files, path)) ?? ''));
	if (read.success) return read.data;
	const [issue] = read.error.issues;
	const where = issue?.path.join('.') || 'the file';
	throw new Failure('config', `${path}: ${where}: ${issue?.message ?? 'no view'}`);
}

function readYaml(path: string, text: string): unknown {
	try {
		return parseYaml(text);
	} catch (cause) {
		throw new Failure('config', `${path}: ${reasonOf(cause)}`, { cause });
	}
}
