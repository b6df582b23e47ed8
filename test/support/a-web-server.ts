import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

export type Received = {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
};

export type Answer = {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
};

/** How a server answers; undefined is never. */
export type Answering = (request: Received) => Answer | undefined;

export type WebServer = {
	/** `http://127.0.0.1:PORT`. */
	readonly base: string;
	readonly port: number;
	readonly received: readonly Received[];
};

/** An HTTP server on loopback that keeps what it was sent, open until the test ends. */
export async function aWebServer(
	t: Pick<TestContext, 'after'>,
	answering: Answering,
	tls?: { readonly cert: string; readonly key: string },
): Promise<WebServer> {
	const received: Received[] = [];
	const server = tls ? createTlsServer(tls) : createServer();
	server.on('request', async (request, response) => {
		const { method = '', url: path = '', headers } = request;
		const got = { method, path, headers, body: await text(request) };
		received.push(got);
		const answer = answering(got);
		if (answer) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.after(async () => {
		const closed = once(server, 'close');
		server.close();
		server.closeAllConnections();
		await closed;
	});
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return { base: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, received };
}
