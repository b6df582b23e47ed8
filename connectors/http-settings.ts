import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Clock } from '../src/core/clock.ts';
import type { Sink } from '../src/core/connector.ts';
import { Failure, reasonOf } from '../src/core/errors.ts';
import { isReference, resolveSecret } from '../src/core/secret.ts';
import type { Listening } from './wire/http-in.ts';

/** Where events are taken over HTTP; the token is a reference, the others are paths of PEM files. */
export type HttpSettings = {
	readonly host: string;
	readonly port: number;
	readonly path: string;
	readonly token: string | undefined;
	readonly tls: TlsPaths | undefined;
};

type TlsPaths = { readonly cert: string; readonly key: string; readonly ca?: string | undefined };

const tls = z.strictObject({ cert: z.string(), key: z.string(), ca: z.string().optional() });

/** The keys that say so in config. */
export const httpKeys = {
	listen: z
		.url({ protocol: /^https?$/, error: 'is no address like http://127.0.0.1:2801/PATH' })
		.optional(),
	token: z
		.string()
		.refine(isReference, { error: 'is a reference: file:PATH, env:NAME or cmd:PROGRAM ARGUMENT' })
		.optional(),
	tls: tls.optional(),
} as const;

export type HttpKeys = {
	readonly token?: string | undefined;
	readonly tls?: TlsPaths | undefined;
};

/** Throws a Failure where events could be forged from elsewhere: beyond loopback a sender must prove itself. */
export function httpSettingsOf(
	kind: string,
	address: string,
	{ token, tls }: HttpKeys,
): HttpSettings {
	const { protocol, hostname, pathname } = new URL(address);
	const port = portOf(address);
	const host = hostname.replace(/^\[|\]$/g, '');
	const refuse = (why: string) => new Failure('config', `${kind}: listen: ${address} ${why}`);
	if (port === undefined) throw refuse('names no port');
	if ((protocol === 'https:') !== (tls !== undefined))
		throw refuse('and tls go together: https, cert and key');
	if (!isLoopback(host) && token === undefined && tls?.ca === undefined) {
		throw refuse('is reached from elsewhere: set token, or tls.ca for client certificates');
	}
	return { host, port: Number(port), path: pathname, token, tls };
}

/** A URL forgets a port that is its scheme's usual one. */
function portOf(address: string): string | undefined {
	return /^\w+:\/\/[^/]*:(\d+)(?:\/|$)/u.exec(address)?.[1];
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** Reads token and certificates, then listens until `stop`. Throws a Failure where one of them cannot be read. */
export async function openHttp(
	{ host, port, path, token, tls }: HttpSettings,
	{
		types,
		otherType,
		take,
	}: Pick<Listening['gate'], 'types' | 'otherType'> & Pick<Listening, 'take'>,
	sink: Sink,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	// Node's HTTP takes longer to load than all else that a console starts with.
	const { listen } = await import('./wire/http-in.ts');
	const secret = token === undefined ? undefined : await resolveSecret(token);
	const gate = { path, token: secret, types, otherType };
	return listen({ host, port, gate, tls: await pems(tls), take }, sink, clock, stop);
}

async function pems(paths: TlsPaths | undefined): Promise<Listening['tls']> {
	if (!paths) return undefined;
	const [cert, key] = [await pem(paths.cert), await pem(paths.key)];
	return paths.ca === undefined ? { cert, key } : { cert, key, ca: await pem(paths.ca) };
}

async function pem(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (cause) {
		throw new Failure('config', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
	}
}
