import { join } from 'node:path';

/** A layer of the configuration, lowest first: what a later one says counts. */
export type Layer = { readonly name: LayerName; readonly files: readonly string[] };
export type LayerName = 'system' | 'team' | 'user' | 'profile';

/** Names of files in a folder; empty where it is absent or may not be read. */
export type ListFolder = (path: string) => Promise<readonly string[] | undefined>;

const system = '/etc/eventctl';

/** Where the user's own files are: `$XDG_CONFIG_HOME/eventctl`, on every system. */
export function configFolder(env: Readonly<Record<string, string | undefined>>): string {
	const home = env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? '/', '.config');
	return join(home, 'eventctl');
}

/** Where histories and the last filter are kept. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
	const home = env['XDG_STATE_HOME'] || join(env['HOME'] ?? '/', '.local', 'state');
	return join(home, 'eventctl');
}

/**
 * The files that are read, layer by layer. A file named by flag or `EVENTCTL_CONFIG` stands in for the system's,
 * the team's and the user's.
 */
export async function layersOf(
	env: Readonly<Record<string, string | undefined>>,
	list: ListFolder,
	{
		config,
		profile,
	}: { readonly config?: string | undefined; readonly profile?: string | undefined },
): Promise<readonly Layer[]> {
	const own = configFolder(env);
	const named = config ?? env['EVENTCTL_CONFIG'];
	const chosen = profile ?? env['EVENTCTL_PROFILE'];
	const base: Layer[] = named
		? [{ name: 'user', files: [named] }]
		: [
				{ name: 'system', files: [join(system, 'config.yaml')] },
				{ name: 'team', files: await yamlIn(join(system, 'conf.d'), list) },
				{
					name: 'user',
					files: [join(own, 'config.yaml'), ...(await yamlIn(join(own, 'conf.d'), list))],
				},
			];
	if (!chosen) return base;
	const file = `${chosen}.yaml`;
	const files = [join(system, 'profiles', file), join(own, 'profiles', file)];
	return [...base, { name: 'profile', files }];
}

async function yamlIn(folder: string, list: ListFolder): Promise<string[]> {
	const names = (await list(folder)) ?? [];
	return names
		.filter((name) => name.endsWith('.yaml'))
		.sort()
		.map((name) => join(folder, name));
}
