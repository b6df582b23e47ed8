import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { reasonOf, systemCode } from '../../src/core/errors.ts';
import { type Gate, largestBody, type Refusal, refusalOf, tooLarge } from './http-guard.ts';
import { Pace } from './pace.ts';
import { Refusals } from './refusals.ts';

const unpack = promisify(gunzip);
const retryMs = 2000;
const mostConnections = 64;
const defaultLimits = { requestMs: 10_000, perSecond: 10_000 };
/** Longer than a quiet sender's pauses: a connection closed under its next request would lose an event. */
const idleMs = 60_000;

export type Listening = {
	readonly host: string;
	readonly port: number;
	readonly gate: Gate;
	/** PEM texts: with these the listener speaks TLS, and with `ca` asks for a client certificate of that authority. */
	readonly tls: { readonly cert: string; readonly key: string; readonly ca?: string } | undefined;
	/** Takes a whole body. Its bytes may be kept. */
	take(body: Buffer): void;
	readonly limits?: { readonly requestMs: number; readonly perSecond: number };
};

/**
 * Takes events over HTTP until `stop`: each body is read, handed on and answered 202 at once, since a sender that
 * waits is a sensor that stalls. What is turned away is counted, and told as a gap. Answers echo nothing.
 */
export async function listen(
	listening: Listening,
	sink: Sink,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	const refusals = new Refusals(sink, clock);
	for (let attempt = 1; !stop.aborted; attempt++) {
		try {
			await new Listener(listening, sink, clock, refusals).serve(stop);
		} catch (thrown) {
			const reason = `cannot listen on ${listening.host}:${listening.port}: ${whyNot(thrown)}`;
			sink.link({ kind: 'waiting', retryAt: clock.now() + retryMs, reason, attempt });
			await pause(clock, retryMs, stop);
		}
	}
	refusals.tell();
}

function whyNot(thrown: unknown): string {
	const code = systemCode(thrown);
	if (code === 'EADDRINUSE') return 'another program has that port';
	if (code === 'EACCES') return 'that port needs more rights';
	return reasonOf(thrown);
}

class Listener {
	readonly #listening: Listening;
	readonly #sink: Sink;
	readonly #refusals: Refusals;
	readonly #pace: Pace;
	readonly #server: Server;
	/** Connections within a request's body. */
	readonly #receiving = new WeakSet<Duplex>();

	constructor(listening: Listening, sink: Sink, clock: Clock, refusals: Refusals) {
		const { requestMs, perSecond } = listening.limits ?? defaultLimits;
		this.#listening = listening;
		this.#sink = sink;
		this.#refusals = refusals;
		this.#pace = new Pace(clock, perSecond);
		this.#server = makeServer(listening.tls, requestMs);
		this.#server.maxConnections = mostConnections;
		this.#server.on('request', this.#answer);
		this.#server.on('checkContinue', this.#answer);
		this.#server.on('clientError', this.#dismiss);
		this.#server.on('drop', () => refusals.count(`more than ${mostConnections} connections`));
		this.#server.on('tlsClientError', () => refusals.count('no right certificate'));
	}

	/** Resolves when `stop` has closed everything; throws where the address cannot be had. */
	async serve(stop: AbortSignal): Promise<void> {
		const { host, port } = this.#listening;
		this.#server.listen({ host, port });
		await once(this.#server, 'listening');
		try {
			this.#sink.link({ kind: 'live' });
			await untilStopOrError(this.#server, stop);
		} finally {
			const closed = once(this.#server, 'close');
			this.#server.close();
			this.#server.closeAllConnections();
			await closed;
		}
	}

	readonly #answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		if (request.method === 'GET' && request.url === '/healthz') return reply(response, 200);
		const refusal = this.#refusalOf(request) ?? (await this.#receive(request, response));
		if (!refusal) return reply(response, 202);
		this.#refusals.count(refusal.why);
		response.setHeader('connection', 'close');
		reply(response, refusal.status);
	};

	#refusalOf(request: IncomingMessage): Refusal | undefined {
		const refusal = refusalOf(request, this.#listening.gate);
		if (refusal) return refusal;
		return this.#pace.admits(request.socket.remoteAddress ?? '') ? undefined : tooFast;
	}

	async #receive(request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> {
		if (request.headers.expect !== undefined) response.writeContinue();
		this.#receiving.add(request.socket);
		const sent = await readBody(request);
		this.#receiving.delete(request.socket);
		if (!Buffer.isBuffer(sent)) return sent;
		const body = request.headers['content-encoding'] === 'gzip' ? await unpacked(sent) : sent;
		if (Buffer.isBuffer(body)) this.#listening.take(body);
		else return body;
		return undefined;
	}

	/** What broke off within a body or in the TLS handshake is counted there; a reset says nothing was sent. */
	readonly #dismiss = (error: Error, socket: Duplex): void => {
		const code = systemCode(error) ?? '';
		const isNews = code !== 'ECONNRESET' && !code.startsWith('ERR_SSL_');
		if (isNews && !this.#receiving.has(socket)) {
			this.#refusals.count(code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'not sent in time' : 'not HTTP');
		}
		if (socket.writable) socket.end(badRequest, () => socket.destroy());
		else socket.destroy();
	};
}

const badRequest = 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n';
const tooFast: Refusal = { status: 429, why: 'too many at once from one sender' };
const brokenOff: Refusal = { status: 400, why: 'broken off before the end of the body' };
const badlyPacked: Refusal = { status: 400, why: 'gzip that cannot be unpacked' };

function makeServer(tls: Listening['tls'], requestMs: number): Server {
	const limits = {
		requestTimeout: requestMs,
		headersTimeout: requestMs,
		keepAliveTimeout: idleMs,
		connectionsCheckingInterval: Math.min(1000, requestMs),
	};
	if (!tls) return createServer(limits);
	const isMutual = tls.ca !== undefined;
	return createTlsServer({
		...limits,
		...tls,
		requestCert: isMutual,
		rejectUnauthorized: isMutual,
	});
}

function untilStopOrError(server: Server, stop: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (stop.aborted) return resolve();
		stop.addEventListener('abort', () => resolve(), { once: true });
		server.once('error', reject);
	});
}

function reply(response: ServerResponse, status: number): void {
	response.writeHead(status, { 'content-length': 0 }).end();
}

function readBody(request: IncomingMessage): Promise<Buffer | Refusal> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length <= largestBody) chunks.push(chunk);
			else resolve(tooLarge);
		});
		request.on('end', () => resolve(Buffer.concat(chunks)));
		request.on('error', () => resolve(brokenOff));
		request.on('close', () => resolve(brokenOff));
	});
}

async function unpacked(packed: Buffer): Promise<Buffer | Refusal> {
	try {
		return await unpack(packed, { maxOutputLength: largestBody });
	} catch (thrown) {
		return systemCode(thrown) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : badlyPacked;
	}
}
