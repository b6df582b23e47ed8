import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as registry from '../../connectors/registry.ts';
import { printYaml } from '../codec/yaml.ts';
import { configFolder } from '../config/places.ts';
import { apiVersion } from '../config/schema.ts';
import { found } from '../config/sources.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { run as check } from './check.ts';
import { environmentOf } from './disk.ts';
import type { GlobalOptions, Io } from './io.ts';

/** The file that `init` and `edit` are about: the one named by hand, else the user's own. Throws a Failure under sudo. */
export function ownFile({ config }: GlobalOptions, env: Io['env']): string {
	const named = config ?? env['EVENTCTL_CONFIG'];
	if (named) return named;
	if (env['SUDO_USER'] === undefined) return join(configFolder(env), 'config.yaml');
	throw new Failure(
		'usage',
		"config: under sudo nothing goes to the caller's home: name a file with --config",
	);
}

/** Writes a first configuration that names what this machine offers. Throws a Failure where there is a file already. */
export async function writeFirst(path: string, env: Io['env']): Promise<void> {
	if (await environmentOf(env, false).exists(path)) {
		throw new Failure('usage', `${path}: is there already: eventctl config edit`);
	}
	try {
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		await writeFile(path, await firstText(env), { mode: 0o600, flag: 'wx' });
	} catch (cause) {
		throw new Failure('config', `${path}: cannot be written: ${reasonOf(cause)}`, { cause });
	}
}

async function firstText(env: Io['env']): Promise<string> {
	const sources = await found(Object.values(registry), environmentOf(env, false));
	const named = Object.fromEntries(sources.map(({ name, kind, raw }) => [name, { kind, ...raw }]));
	const own = sources.length > 0 ? printYaml({ sources: named }) : `sources: {}\n`;
	return `# \`eventctl check\` says whether this is in order; \`eventctl config schema\` is for editors.
apiVersion: ${apiVersion}

# The word in the header.
# profile: prod

# What to attach to, by names of your own; docs/connectors.md has every kind. For example:
#   salt: { kind: salt, bus: master }
#   ops: { kind: nats, servers: ['nats://127.0.0.1:4222'], subjects: ['ops.>'] }
#   falco: { kind: falco, file: /var/log/falco/events.json }
${own}
# Nothing can be fired, and nothing above T0 run.
# readOnly: true
`;
}

/** Lets the operator edit the file, and says what is wrong with what she left; resolves with the exit code of `check`. */
export async function editFile(path: string, options: GlobalOptions, io: Io): Promise<number> {
	if (!io.stdin.isTTY) throw new Failure('usage', `config edit: needs a terminal; edit ${path}`);
	if (!(await environmentOf(io.env, false).exists(path))) await writeFirst(path, io.env);
	const editor = io.env['VISUAL'] || io.env['EDITOR'] || 'vi';
	const [program = 'vi', ...words] = editor.split(/\s+/u).filter(Boolean);
	const child = spawn(program, [...words, path], { stdio: 'inherit' });
	try {
		await once(child, 'exit');
	} catch (cause) {
		throw new Failure('usage', `${program}: cannot be started: ${reasonOf(cause)}`, { cause });
	}
	return check([], options, io);
}
