import { join } from 'node:path';

/** A layer of the configuration, lowest first: what a later one says counts. */
export type Layer = { readonly name: LayerName; readonly files: readonly string[] };
type LayerName = 'system' | 'team' | 'user' | 'profile' | 'environment' | 'flag';

/** What the command line says about the configuration. */
export type Choice = {
	readonly config?: string | undefined;
	readonly profile?: string | undefined;
	readonly readOnly?: boolean | undefined;
	readonly ascii?: boolean | undefined;
};

/** Where a value was said. A file has a line and a column; a flag or a variable of the environment is its own place. */
export type Origin = {
	readonly layer: LayerName;
	/** The file's path, or `--read-only`, or `EVENTCTL_READ_ONLY`. */
	readonly file: string;
	readonly line?: number;
	readonly column?: number;
};

/** The place as messages show it: `/etc/eventctl/config.yaml:3:1`. */
export function placeOf({ file, line, column }: Origin): string {
	return line === undefined ? file : `${file}:${line}:${column ?? 1}`;
}

/** Names of files in a folder; empty where it is absent or may not be read. */
export type ListFolder = (path: string) => Promise<readonly string[] | undefined>;

/** The environment's variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where the machine's files are, for all of its users. */
export const systemFolder = '/etc/eventctl';

/** Where the user's own files are: `$XDG_CONFIG_HOME/eventctl`, on every system. */
export function configFolder(env: Env): string {
	return join(absolute(env['XDG_CONFIG_HOME']) ?? join(homeOf(env), '.config'), 'eventctl');
}

/** Where histories and the last filter are kept. */
export function stateFolder(env: Env): string {
	return join(absolute(env['XDG_STATE_HOME']) ?? join(homeOf(env), '.local', 'state'), 'eventctl');
}

function homeOf(env: Env): string {
	return absolute(env['HOME']) ?? '/';
}

/** A folder below wherever one happens to stand would be somebody else's word. */
function absolute(path: string | undefined): string | undefined {
	return path?.startsWith('/') ? path : undefined;
}

/**
 * The files that are read, layer by layer. A file named by flag or `EVENTCTL_CONFIG` stands in for the system's,
 * the team's and the user's.
 */
export async function layersOf(
	env: Env,
	list: ListFolder,
	{ config, profile }: Choice,
): Promise<readonly Layer[]> {
	const own = configFolder(env);
	const named = config ?? env['EVENTCTL_CONFIG'];
	const chosen = chosenProfile(env, { profile });
	const base: Layer[] = named
		? [{ name: 'user', files: [named] }]
		: [
				{ name: 'system', files: [join(systemFolder, 'config.yaml')] },
				{ name: 'team', files: await yamlIn(join(systemFolder, 'conf.d'), list) },
				{
					name: 'user',
					files: [join(own, 'config.yaml'), ...(await yamlIn(join(own, 'conf.d'), list))],
				},
			];
	if (!chosen) return base;
	const file = `${chosen.name}.yaml`;
	const files = [join(systemFolder, 'profiles', file), join(own, 'profiles', file)];
	return [...base, { name: 'profile', files }];
}

/** The profile named by flag or environment. */
export function chosenProfile(
	env: Env,
	{ profile }: Choice,
): { readonly name: string; readonly origin: Origin } | undefined {
	if (profile) return { name: profile, origin: { layer: 'flag', file: '--profile' } };
	const name = env['EVENTCTL_PROFILE'];
	return name ? { name, origin: { layer: 'environment', file: 'EVENTCTL_PROFILE' } } : undefined;
}

/** The YAML files of a folder by path, in the order of their names. */
export async function yamlIn(folder: string, list: ListFolder): Promise<string[]> {
	const names = (await list(folder)) ?? [];
	return names
		.filter((name) => name.endsWith('.yaml'))
		.sort()
		.map((name) => join(folder, name));
}
