import { fileURLToPath } from 'node:url';
import { findProgram } from '../actions/find-program.ts';
import { findNatsServer } from '../lab/nats-server.ts';
import type { Io } from './io.ts';

/** What one of the optional parts is for. */
type Part = { readonly name: string; readonly serves: string };

const packages: readonly Part[] = [
	{ name: 'zeromq', serves: 'zmq: sources and Salt up to 2015.8' },
	{ name: '@kubernetes/client-node', serves: 'acting on Kubernetes' },
	{ name: 'twilio', serves: 'text messages' },
];

const programs: readonly Part[] = [
	{ name: 'salt', serves: 'acting through Salt from its master' },
	{ name: 'nft', serves: 'locking this host down' },
];

/** Where `npm run servers` of a checkout puts programs. */
export const ownServers = fileURLToPath(new URL('../../../.servers/bin', import.meta.url));

/** What a screen has to work with here. */
export function terminalWords({ stdout, env }: Pick<Io, 'stdout' | 'env'>): readonly string[] {
	if (!stdout.isTTY) return ['stdout is no terminal: events come as JSON lines'];
	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C';
	const way = [...(env['SSH_CONNECTION'] ? ['SSH'] : []), ...(env['TMUX'] ? ['tmux'] : [])];
	return [
		[`TERM=${env['TERM'] ?? ''}, ${stdout.columns ?? '?'} columns`, ...way].join(', '),
		/utf-?8/iu.test(locale)
			? `${locale}: all marks can be drawn`
			: `${locale} is not UTF-8: --ascii`,
	];
}

/** Which optional packages and programs are here, and what those that are not would serve. */
export async function partWords(env: Io['env']): Promise<readonly string[]> {
	const found = [
		...packages.map((part) => packageWords(part)),
		...(await Promise.all(programs.map(programWords))),
	];
	const server = findNatsServer([ownServers], env['PATH']);
	return [...found, server ?? 'nats-server: not here, for NATS in the lab'];
}

function packageWords({ name, serves }: Part): string {
	try {
		import.meta.resolve(name);
		return `package ${name}: installed`;
	} catch {
		// That it cannot be resolved is the answer.
		return `package ${name}: not installed, for ${serves}: npm install ${name}`;
	}
}

async function programWords({ name, serves }: Part): Promise<string> {
	return findProgram(name).catch(() => `${name}: not here, for ${serves}`);
}
