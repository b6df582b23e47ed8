import * as z from 'zod';
import type { Environment, Found } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';

type Env = Environment['env'];

const text = z.string().optional();

/** What the NATS CLI writes about a way to connect; what it knows besides is of no use to us. */
const schema = z.object({
	url: text,
	token: text,
	user: text,
	password: text,
	creds: text,
	nkey: text,
	ca: text,
	cert: text,
	key: text,
	tls_first: z.boolean().optional(),
	inbox_prefix: text,
	jetstream_domain: text,
	jetstream_api_prefix: text,
	nsc: text,
	user_jwt: text,
	user_seed: text,
	socks_proxy: text,
});

export type NatsContext = z.infer<typeof schema>;

const beyondUs = ['nsc', 'user_jwt', 'user_seed', 'socks_proxy'] as const;

/** The NATS CLI's folder: `~/.config/nats`. */
function folderOf(env: Env): string {
	const { XDG_CONFIG_HOME, HOME = '' } = env;
	return `${XDG_CONFIG_HOME || `${HOME}/.config`}/nats`;
}

/** Reads a context of the NATS CLI. Throws a Failure that names the file and never what it holds. */
export async function readContext(
	name: string,
	{ env, read }: Pick<Environment, 'env' | 'read'>,
): Promise<NatsContext> {
	const path = `${folderOf(env)}/context/${name}.json`;
	const json = await read(path);
	if (json === undefined) {
		throw new Failure('config', `nats: there is no context ${name}: ${path} cannot be read`);
	}
	const context = parseContext(json, path);
	const key = beyondUs.find((word) => (context[word] ?? '') !== '');
	if (key === undefined) return context;
	throw new Failure(
		'config',
		`nats: the context ${name} uses ${key}, which eventctl does not know: use creds or nkey`,
	);
}

/** The parser's own message would quote the file, which may hold a password. */
function parseContext(json: string, path: string): NatsContext {
	const refused = new Failure('config', `nats: ${path} is no context of the NATS CLI`);
	let raw: unknown;
	try {
		raw = JSON.parse(json);
	} catch {
		throw refused;
	}
	const result = schema.safeParse(raw);
	if (!result.success) throw refused;
	return result.data;
}

/** What NATS_URL, else NATS_CONTEXT, else the CLI's selected context names. */
export async function discoverNats({ env, read }: Environment): Promise<readonly Found[]> {
	const { NATS_URL: url, NATS_CONTEXT: named } = env;
	if (url) return [{ name: 'nats', raw: { servers: 'env:NATS_URL', ...fromEnv(env) } }];
	const context = named || (await read(`${folderOf(env)}/context.txt`))?.trim();
	return context ? [{ name: 'nats', raw: { context } }] : [];
}

/** The NATS CLI's variables beside NATS_URL. */
function fromEnv(env: Env): Readonly<Record<string, unknown>> {
	const { NATS_CA, NATS_CERT, NATS_KEY } = env;
	const hasTls = NATS_CA || NATS_CERT;
	return {
		...loginFromEnv(env),
		tls: hasTls
			? { ca: NATS_CA || undefined, cert: NATS_CERT || undefined, key: NATS_KEY || undefined }
			: undefined,
	};
}

function loginFromEnv(env: Env): Readonly<Record<string, unknown>> {
	const { NATS_CREDS, NATS_NKEY, NATS_USER, NATS_PASSWORD } = env;
	if (NATS_CREDS) return { creds: `file:${NATS_CREDS}` };
	if (NATS_NKEY) return { nkey: `file:${NATS_NKEY}` };
	if (NATS_USER && NATS_PASSWORD) return { user: NATS_USER, password: 'env:NATS_PASSWORD' };
	return NATS_USER ? { token: 'env:NATS_USER' } : {};
}
