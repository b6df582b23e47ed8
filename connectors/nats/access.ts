import { readFile } from 'node:fs/promises';
import {
	type Authenticator,
	credsAuthenticator,
	nkeyAuthenticator,
	nkeys,
	tokenAuthenticator,
	usernamePasswordAuthenticator,
} from 'nats';
import type { Environment } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import { expandHome, resolveSecret, Secret } from '../../src/core/secret.ts';
import { type NatsContext, readContext } from './context.ts';
import type { NatsSettings, NatsTls } from './settings.ts';

/** Everything needed to connect, with its secrets read. */
export type Access = {
	/** `host:port`, without credentials. */
	readonly servers: readonly string[];
	/** How we present ourselves, for sentences: `the NKey UABC…`, `user alice`. */
	readonly identity: string;
	readonly authenticators: readonly Authenticator[];
	/** Paths; present where TLS is a must. */
	readonly tls: NatsTls | undefined;
	readonly inbox: string;
	readonly jetstream: { readonly domain?: string; readonly apiPrefix?: string };
};

type World = Pick<Environment, 'env' | 'read'>;

type Login = {
	readonly user?: string | undefined;
	readonly password?: Secret | undefined;
	readonly token?: Secret | undefined;
	readonly nkey?: Secret | undefined;
	readonly creds?: Secret | undefined;
};

const defaultServer = 'nats://127.0.0.1:4222';

/** Reads what the settings point to: contexts, files, variables, commands. Settings win over the context. */
export async function resolveAccess(
	settings: NatsSettings,
	world: World = { env: process.env, read },
): Promise<Access> {
	const context: Partial<NatsContext> =
		settings.context === undefined ? {} : await readContext(settings.context, world);
	const servers = await serversOf(settings, context, world);
	const login = await loginOf(settings, context, servers, world);
	const tls = tlsOf(settings, context, servers, world);
	return {
		servers: servers.map(({ host }) => host),
		...credentialsOf(login),
		tls,
		inbox: settings.inbox ?? (context.inbox_prefix || '_INBOX.eventctl'),
		jetstream: {
			...(context.jetstream_domain ? { domain: context.jetstream_domain } : {}),
			...(context.jetstream_api_prefix ? { apiPrefix: context.jetstream_api_prefix } : {}),
		},
	};
}

/** Throws a Failure where a secret, a context or a certificate cannot be read, or is none. */
export async function checkAccess(settings: NatsSettings, world: World): Promise<void> {
	const { tls } = await resolveAccess(settings, world);
	for (const key of ['ca', 'cert', 'key'] as const) {
		const path = tls?.[key];
		if (path === undefined || (await world.read(path)) !== undefined) continue;
		throw new Failure('config', `nats: tls.${key}: ${path} cannot be read`);
	}
}

type ServerUrl = { readonly host: string; readonly isTls: boolean; readonly login: Login };

async function serversOf(
	settings: NatsSettings,
	context: Partial<NatsContext>,
	{ env }: World,
): Promise<readonly ServerUrl[]> {
	const named = settings.servers ?? (context.url ? [context.url] : [defaultServer]);
	const lists = await Promise.all(
		named.map(async (name) =>
			name.startsWith('env:') ? (await resolveSecret(name, env)).reveal() : name,
		),
	);
	return lists.flatMap((list) => list.split(',').map((url) => serverOf(url.trim())));
}

/** A URL's text may hold a password, so that no message quotes it. */
function serverOf(url: string): ServerUrl {
	const [, scheme = 'nats', login, host] =
		/^(?:([a-z]+):\/\/)?(?:([^@/]*)@)?([^@/?#\s]+)\/?$/u.exec(url) ?? [];
	if (host === undefined || (scheme !== 'nats' && scheme !== 'tls')) {
		throw new Failure('config', 'nats: a server is nats://HOST:PORT or tls://HOST:PORT');
	}
	return { host, isTls: scheme === 'tls', login: loginOfUrl(login) };
}

function loginOfUrl(text: string | undefined): Login {
	if (!text) return {};
	const [name = '', ...rest] = text.split(':').map(decodeURIComponent);
	if (rest.length === 0) return { token: new Secret(name) };
	return { user: name, password: new Secret(rest.join(':')) };
}

async function loginOf(
	settings: NatsSettings,
	context: Partial<NatsContext>,
	servers: readonly ServerUrl[],
	{ env }: World,
): Promise<Login> {
	const secret = (text: string | undefined) => (text ? resolveSecret(text, env) : undefined);
	const file = (path: string | undefined) => secret(path ? `file:${path}` : undefined);
	const plain = (text: string | undefined) => (text ? new Secret(text) : undefined);
	const { user, password, token, nkey, creds } = settings;
	if (user ?? token ?? nkey ?? creds) {
		return {
			user,
			password: await secret(password),
			token: await secret(token),
			nkey: await secret(nkey),
			creds: await secret(creds),
		};
	}
	const own: Login = {
		user: context.user || undefined,
		password: plain(context.password),
		token: plain(context.token),
		nkey: await file(context.nkey),
		creds: await file(context.creds),
	};
	const isNamed = Object.values(own).some((value) => value !== undefined);
	return isNamed ? own : (servers.find(({ login }) => Object.keys(login).length > 0)?.login ?? {});
}

function credentialsOf(login: Login): Pick<Access, 'identity' | 'authenticators'> {
	const { user, password, token, nkey, creds } = login;
	if (creds) return credsOf(creds);
	if (nkey) {
		const seed = Buffer.from(nkey.reveal().trim());
		const identity = `the NKey ${publicKeyOf(seed)}`;
		return { identity, authenticators: [nkeyAuthenticator(seed)] };
	}
	if (user !== undefined) {
		const authenticators = [usernamePasswordAuthenticator(user, password?.reveal() ?? '')];
		return { identity: `user ${user}`, authenticators };
	}
	if (token) return { identity: 'the token', authenticators: [tokenAuthenticator(token.reveal())] };
	return { identity: 'a client without credentials', authenticators: [] };
}

function publicKeyOf(seed: Uint8Array): string {
	try {
		return nkeys.fromSeed(seed).getPublicKey();
	} catch (cause) {
		throw new Failure('config', 'nats: the NKey seed is none: it is one line that starts with SU', {
			cause,
		});
	}
}

function credsOf(creds: Secret): Pick<Access, 'identity' | 'authenticators'> {
	// The client reads no file whose last line does not end.
	const bytes = Buffer.from(`${creds.reveal()}\n`);
	const authenticator = credsAuthenticator(bytes);
	try {
		authenticator('probe');
	} catch (cause) {
		throw new Failure(
			'config',
			'nats: the credentials file lacks its JWT or its seed: make it anew',
			{
				cause,
			},
		);
	}
	return { identity: 'the user of the credentials file', authenticators: [authenticator] };
}

function tlsOf(
	settings: NatsSettings,
	context: Partial<NatsContext>,
	servers: readonly ServerUrl[],
	{ env }: World,
): NatsTls | undefined {
	const { ca, cert, key, tls_first: first } = context;
	const fromContext = ca || cert || first ? { ca, cert, key, first } : undefined;
	const tls = settings.tls ?? fromContext ?? (servers.some(({ isTls }) => isTls) ? {} : undefined);
	if (tls === undefined) return undefined;
	const path = (text: string | undefined) => (text ? expandHome(text, env) : undefined);
	return { ca: path(tls.ca), cert: path(tls.cert), key: path(tls.key), first: tls.first };
}

function read(path: string): Promise<string | undefined> {
	return readFile(path, 'utf8').catch(() => undefined);
}
