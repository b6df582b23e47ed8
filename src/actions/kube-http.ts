import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { Doubt } from '../core/action.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import { KubeError } from '../core/kube-tool.ts';
import { statusMessage } from './kube-answers.ts';

const timeoutMs = 15_000;
const mostBytes = 32 * 1024 * 1024;

export type KubeOrder = {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly type?: string;
	/** It changes something: without an answer nobody can tell whether it did. */
	readonly isDeed?: boolean;
};

type Answer = { readonly status: number; readonly body: string };

/** Requests to one cluster, authenticated by the library: certificates, tokens, exec plugins, proxies. */
export class KubeHttp {
	readonly #config: KubeConfig;
	readonly #server: string;

	constructor(config: KubeConfig) {
		this.#config = config;
		this.#server = (config.getCurrentCluster()?.server ?? '').replace(/\/$/, '');
	}

	/** The answer's JSON. */
	async send(order: KubeOrder, stop: AbortSignal): Promise<unknown> {
		const { body } = good(await this.#answer(order, mostBytes, stop));
		try {
			return JSON.parse(body);
		} catch (cause) {
			const says = `kubernetes: ${this.#server} answered something that is not JSON`;
			throw new Failure('undecodable', says, { cause });
		}
	}

	/** The answer's text, cut after `maxBytes`. */
	async text(order: KubeOrder, maxBytes: number, stop: AbortSignal): Promise<string> {
		return good(await this.#answer(order, maxBytes, stop)).body;
	}

	async #answer(order: KubeOrder, maxBytes: number, stop: AbortSignal): Promise<Answer> {
		const { method, path, query = {}, body, type } = order;
		const url = new URL(`${this.#server}${path}?${new URLSearchParams(query)}`);
		const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
		const text = body === undefined ? undefined : JSON.stringify(body);
		const options: RequestOptions = { method, headers: headersFor(type, text), signal };
		await this.#authenticate(options);
		const { request } = await (url.protocol === 'http:'
			? import('node:http')
			: import('node:https'));
		const sent = request(url, options);
		try {
			const response = await begun(sent, text);
			return { status: response.statusCode ?? 0, body: await textOf(response, maxBytes) };
		} catch (thrown) {
			throw this.#unanswered(order, sent, thrown);
		} finally {
			sent.destroy();
		}
	}

	async #authenticate(options: RequestOptions): Promise<void> {
		try {
			await this.#config.applyToHTTPSOptions(options);
		} catch (thrown) {
			const says = `kubernetes: cannot log in at ${this.#server}: ${reasonOf(thrown)}`;
			throw new Failure('denied', says, { cause: thrown });
		}
	}

	#unanswered({ isDeed = false, method, path }: KubeOrder, sent: ClientRequest, thrown: unknown) {
		const why = reasonOf(thrown);
		if (isDeed && sent.writableFinished) {
			return new Doubt(`${method} ${path} was sent and never answered: ${why}`, { cause: thrown });
		}
		const says = `kubernetes: ${this.#server} does not answer: ${why}`;
		return new Failure('unreachable', says, { cause: thrown });
	}
}

/** The length is said: of a DELETE Node would send the body with neither length nor chunks. */
function headersFor(type: string | undefined, text: string | undefined): OutgoingHttpHeaders {
	return {
		accept: 'application/json, */*',
		...(type === undefined ? {} : { 'content-type': type }),
		...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
	};
}

function begun(sent: ClientRequest, text: string | undefined): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		sent.once('response', resolve);
		sent.on('error', reject);
		sent.end(text);
	});
}

async function textOf(response: IncomingMessage, maxBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of response) {
		chunks.push(chunk);
		length += chunk.length;
		if (length >= maxBytes) break;
	}
	return Buffer.concat(chunks).subarray(0, maxBytes).toString();
}

function good(answer: Answer): Answer {
	const { status, body } = answer;
	if (status >= 200 && status < 300) return answer;
	throw new KubeError(status, statusMessage(body) ?? `HTTP ${status} without a reason`);
}
