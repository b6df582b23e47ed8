import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Doubt } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf, systemCode } from '../core/errors.ts';
import type { HttpAnswer, HttpRequest, HttpTool } from '../core/message-tools.ts';
import { Secret } from '../core/secret.ts';
import { addressesOf, pinned, type Resolve, systemResolve } from './addresses.ts';

const patienceMs = 10_000;
const patienceMsPerMiB = 1000;
const mebibyte = 1 << 20;
const answerBytes = 64 * 1024;

export type HttpSetup = {
	readonly clock: Clock;
	/** HTTPS_PROXY and NO_PROXY count where NODE_USE_ENV_PROXY is 1. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly resolve?: Resolve;
};

/**
 * HTTP to hosts that the configuration names. Throws a Failure where nothing was sent or the answer is none to
 * accept, and a Doubt where all was sent and no answer came. No error quotes more of a URL than its host: the
 * rest of it may be a secret.
 */
export function httpClient(setup: HttpSetup): HttpTool {
	return { send: (request, stop) => exchange(request, setup, stop) };
}

async function exchange(
	request: HttpRequest,
	setup: HttpSetup,
	stop: AbortSignal,
): Promise<HttpAnswer> {
	const url = urlOf(request.url);
	const sent = await open(url, request, setup);
	// Whoever waits below is told of it; after the answer nobody needs to be.
	sent.on('error', () => {});
	const late = new AbortController();
	const forget = setup.clock.after(patienceFor(request), () => late.abort());
	try {
		sent.end(request.body);
		const signal = AbortSignal.any([stop, late.signal]);
		const [response]: IncomingMessage[] = await once(sent, 'response', { signal });
		if (!response) throw new Failure('internal', `${url.host}: no response`);
		return await answerOf(response, url, request, signal);
	} catch (thrown) {
		throw told(thrown, url, sent, late.signal);
	} finally {
		forget();
		sent.destroy();
	}
}

function urlOf(text: string): URL {
	const url = URL.parse(text);
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
		throw new Failure('config', 'a URL begins with https://, on this machine also http://');
	}
	if (url.username !== '' || url.password !== '') {
		throw new Failure('config', `${url.host}: a URL holds no user: give a header by reference`);
	}
	return url;
}

/** Node's HTTP is loaded by whoever sends: it takes as long as the engine. */
async function open(url: URL, request: HttpRequest, setup: HttpSetup): Promise<ClientRequest> {
	const headers = Object.entries(request.headers).map(([name, value]) => [
		name,
		value instanceof Secret ? value.reveal() : value,
	]);
	const { method, ca } = request;
	const common = { method, headers: Object.fromEntries(headers) };
	const host = url.hostname.replace(/^\[|\]$/gu, '');
	const resolve = setup.resolve ?? systemResolve;
	if (url.protocol === 'http:') {
		const lookup = pinned(await addressesOf(host, true, resolve));
		const http = await import('node:http');
		return http.request(url, { ...common, agent: false, lookup });
	}
	const proxyEnv = setup.env['NODE_USE_ENV_PROXY'] === '1' ? { ...setup.env } : undefined;
	const https = await import('node:https');
	const agent = new https.Agent({ keepAlive: false, ...(proxyEnv && { proxyEnv }) });
	const lookup = proxyEnv
		? await lookupBesideProxy(host, resolve)
		: pinned(await addressesOf(host, false, resolve));
	return https.request(url, { ...common, agent, lookup, ...(ca !== undefined && { ca }) });
}

/** A proxy looks names up by itself: only what is dialled from here, the proxy or a host that needs none, is resolved. */
async function lookupBesideProxy(host: string, resolve: Resolve): Promise<LookupFunction> {
	const unasked: Resolve = async () => [];
	await addressesOf(host, false, unasked);
	return (name, options, done) => {
		addressesOf(name, false, resolve).then(
			(found) => pinned(found)(name, options, done),
			(thrown: Error) => done(thrown, []),
		);
	};
}

function patienceFor({ body }: HttpRequest): number {
	return patienceMs + Math.floor(Buffer.byteLength(body) / mebibyte) * patienceMsPerMiB;
}

async function answerOf(
	response: IncomingMessage,
	{ host }: URL,
	{ maxBytes = answerBytes, answerAs = 'utf8' }: HttpRequest,
	signal: AbortSignal,
): Promise<HttpAnswer> {
	const status = response.statusCode ?? 0;
	if (status >= 300 && status < 400) {
		throw new Failure('config', `${host} redirects (${status}): name the address it leads to`);
	}
	const chunks: Buffer[] = [];
	let length = 0;
	const abort = () => response.destroy(new Error('cut off'));
	signal.addEventListener('abort', abort, { once: true });
	try {
		for await (const chunk of response) {
			length += chunk.length;
			if (length > maxBytes) {
				throw new Failure('too-large', `${host} answers ${status} with over ${maxBytes} bytes`);
			}
			chunks.push(chunk);
		}
	} finally {
		signal.removeEventListener('abort', abort);
	}
	return { status, text: Buffer.concat(chunks).toString(answerAs) };
}

/** What is known of a request that got no answer: the system's own words may be quoted, the URL may not. */
function told(thrown: unknown, { host }: URL, sent: ClientRequest, late: AbortSignal): Error {
	if (thrown instanceof Failure) return thrown;
	const why = late.aborted ? 'it took too long' : (systemCode(thrown) ?? reasonOf(thrown));
	if (sent.writableFinished) return new Doubt(`${host} was sent it and gave no answer (${why})`);
	return new Failure('unreachable', `${host} cannot be reached (${why})`, { cause: thrown });
}
