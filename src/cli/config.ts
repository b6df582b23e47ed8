import { printYaml } from '../codec/yaml.ts';
import { type Loaded, loadConfig, merged } from '../config/load.ts';
import { configFolder, layersOf, type Origin, placeOf, stateFolder } from '../config/places.ts';
import { apiVersion, type Config, jsonSchema } from '../config/schema.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { safeText } from '../core/safe-text.ts';
import { isReference, isSecretName } from '../core/secret.ts';
import { editFile, ownFile, writeFirst } from './config-file.ts';
import { configFiles } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';

type Options = GlobalOptions & { readonly origin?: boolean };
type Subject = (options: Options, io: Io) => Promise<number>;

const subjects: Readonly<Record<string, Subject>> = {
	show: printing(show),
	schema: printing(schema),
	path: printing(path),
	init,
	edit: (options, io) => editFile(ownFile(options, io.env), options, io),
};

/** `config show [--origin]`, `config schema`, `config path`, `config init`, `config edit`. */
export async function run(
	[name = 'show']: readonly string[],
	options: Options,
	io: Io,
): Promise<number> {
	const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
	if (subject === undefined) {
		const names = Object.keys(subjects);
		const meant = didYouMean(name, names) || `: there are ${names.join(', ')}`;
		throw new Failure('usage', `config has no ${name}${meant}`);
	}
	return subject(options, io);
}

function printing(text: (options: Options, env: Io['env']) => Promise<string>): Subject {
	return async (options, io) => {
		io.stdout.write(await text(options, io.env));
		return 0;
	};
}

async function init(options: Options, io: Io): Promise<number> {
	const file = ownFile(options, io.env);
	await writeFirst(file, io.env);
	io.stdout.write(`${safeText(file, 'file')} written; change it: eventctl config edit\n`);
	return 0;
}

async function show(options: Options, env: Io['env']): Promise<string> {
	const { config, origins } = await loadConfig(env, configFiles, options);
	const shown = withoutSecrets(config);
	return options.origin ? listing(shown, origins) : printYaml({ apiVersion, ...shown });
}

/** Settings as they may be shown: a secret is a reference, and what is none is hidden. */
function withoutSecrets<T>(settings: T): T;
function withoutSecrets(settings: unknown): unknown {
	if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return settings;
	return Object.fromEntries(
		Object.entries(settings).map(([key, value]) => {
			const isHidden = typeof value === 'string' && isSecretName(key) && !isReference(value);
			return [key, isHidden ? '***' : withoutSecrets(value)];
		}),
	);
}

/** Every value on a line of its own, with the place that said it. */
function listing(config: Config, origins: Loaded['origins']): string {
	const values = Object.entries(config).flatMap(([key, value]) => {
		if (!merged.has(key)) return [[key, value] as const];
		return Object.entries(value ?? {}).map(([name, item]) => [`${key}.${name}`, item] as const);
	});
	return values.map(([path, value]) => lineOf(path, value, origins.get(path))).join('');
}

function lineOf(path: string, value: unknown, origin: Origin | undefined): string {
	const from = origin === undefined ? 'default' : `${origin.layer}, ${placeOf(origin)}`;
	const [key, said, place] = [path, value, from].map((part) => safeText(part, 'file'));
	return `${key}: ${said}  # ${place}\n`;
}

async function schema(): Promise<string> {
	return `${JSON.stringify(jsonSchema(), null, '\t')}\n`;
}

/** The files that are looked for, lowest layer first, and the folders beside them. */
async function path(options: Options, env: Io['env']): Promise<string> {
	const layers = await layersOf(env, configFiles.list, options);
	const files = layers.flatMap(({ name, files }) => files.map((file) => [name, file] as const));
	const lines = await Promise.all(
		files.map(async ([name, file]) => {
			const isThere = (await configFiles.read(file)) !== undefined;
			return `${name.padEnd(8)} ${safeText(file, 'file')}${isThere ? '' : '  (absent)'}\n`;
		}),
	);
	const folders = `folder   ${configFolder(env)}\nstate    ${stateFolder(env)}\n`;
	return lines.join('') + folders;
}
