import * as registry from '../../connectors/registry.ts';
import { loadConfig } from '../config/load.ts';
import { stateFolder } from '../config/places.ts';
import { withoutLogin } from '../config/source-text.ts';
import { byHand, found, type ReadySource } from '../config/sources.ts';
import type { Connector } from '../core/connector.ts';
import { failures, reasonOf } from '../core/errors.ts';
import { safeText } from '../core/safe-text.ts';
import { storeHealth } from '../store/health.ts';
import { configFiles, environmentOf } from './disk.ts';
import { fileWords } from './file-words.ts';
import { type GlobalOptions, type Io, isPiped } from './io.ts';
import { partWords, terminalWords } from './surroundings.ts';
import { version } from './version.ts';
import { watched } from './watched.ts';

/** What was looked at, and what was found: lines under a title. */
type Finding = { readonly title: string; readonly lines: readonly string[] };

/** Says what this machine offers and why not more; 3 for a configuration that cannot be read. */
export async function run(
	_words: readonly string[],
	options: GlobalOptions,
	io: Io,
): Promise<number> {
	const connectors: readonly Connector[] = Object.values(registry);
	const named = byHand(options.source ?? [], connectors);
	const config = await configFinding(options, io);
	const sources = await Promise.all(
		connectors.filter(({ discover }) => discover).map((connector) => sourceFinding(connector, io)),
	);
	const attached =
		named.length > 0
			? named.map(({ name }) => name)
			: [...config.sources, ...sources.flatMap(({ names }) => names)];
	const runtime = { title: 'eventctl', lines: [`${version()} on Node ${process.versions.node}`] };
	const state = await stateFinding(io);
	const terminal = { title: 'terminal', lines: terminalWords(io) };
	const parts = { title: 'optional', lines: await partWords(io.env) };
	const next = { title: 'next', lines: [nextWords(attached, config.isBroken)] };
	const found = sources.map(({ finding }) => finding);
	const about = [runtime, terminal, config.finding, state, ...config.store, parts];
	const all = [...about, ...found, { title: '-s', lines: named.map(targetWords) }, next];
	for (const finding of all) io.stdout.write(printed(finding));
	return config.isBroken ? failures.config.exit : 0;
}

/** What to do now. */
function nextWords(attached: readonly string[], isBroken: boolean): string {
	if (isBroken) return 'mend the configuration: `eventctl check` tells all that is wrong with it';
	if (attached.length > 0) return `\`eventctl\` attaches to ${attached.join(', ')}`;
	return 'nothing to attach to: name a source with -s, begin a configuration with `eventctl config init`, or try `eventctl demo`';
}

function targetWords({ name, target }: ReadySource): string {
	return `${name}${target && `: ${target}`}`;
}

function printed({ title, lines }: Finding): string {
	return lines
		.map((line, index) => `${(index === 0 ? title : '').padEnd(10)}${safeText(line, 'file')}\n`)
		.join('');
}

async function configFinding(
	options: GlobalOptions,
	{ env }: Io,
): Promise<{
	readonly finding: Finding;
	readonly store: readonly Finding[];
	/** Names of the sources that are configured. */
	readonly sources: readonly string[];
	readonly isBroken: boolean;
}> {
	try {
		const { files, config } = await loadConfig(env, configFiles, options);
		const names = Object.keys(config.sources);
		const sources = names.length > 0 ? `sources: ${names.join(', ')}` : 'no source is configured';
		const read = files.length > 0 ? files : ['no file: `eventctl config path` says where'];
		const store = { title: 'store', lines: await storeHealth(config.store, env) };
		return {
			finding: { title: 'config', lines: [...read, sources] },
			store: [store],
			sources: names,
			isBroken: false,
		};
	} catch (error) {
		const finding = { title: 'config', lines: [reasonOf(error)] };
		return { finding, store: [], sources: [], isBroken: true };
	}
}

async function stateFinding({ env }: Io): Promise<Finding> {
	const folder = stateFolder(env);
	return { title: 'state', lines: [`${folder}: ${await fileWords(folder)}`] };
}

/** What a connector finds by itself, and each place it looked at. */
async function sourceFinding(
	connector: Connector,
	io: Io,
): Promise<{ readonly finding: Finding; readonly names: readonly string[] }> {
	const looking = watched(environmentOf(io.env, isPiped(io.stdin)));
	const { environment, paths, variables } = looking;
	const sources = await found([connector], environment);
	const lines = sources.map(({ name, target }) => `found ${name}${target && `: ${target}`}`);
	if (lines.length === 0) lines.push('nothing found; it looked at');
	for (const name of variables) lines.push(`  ${name} ${variableWords(io.env[name])}`);
	for (const path of paths) lines.push(`  ${path}: ${await fileWords(path)}`);
	if (looking.askedForStdin())
		lines.push(
			`  standard input: ${environment.stdinIsPiped ? 'piped' : 'nothing is piped into it'}`,
		);
	return { finding: { title: connector.kind, lines }, names: sources.map(({ name }) => name) };
}

function variableWords(value: string | undefined): string {
	if (value === undefined || value === '') return 'is not set';
	return value.includes('://') ? `is ${withoutLogin(value)}` : 'is set';
}
