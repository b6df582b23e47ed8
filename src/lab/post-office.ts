import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A message that somebody outside the lab would have got. */
export type Delivered = {
	readonly medium: 'slack' | 'sms' | 'mail';
	readonly to: string;
	readonly text: string;
};

const mostBytes = 64 * 1024;
const webhook = '/services/T0LAB/B0LAB/lab';
const messages = /^\/2010-04-01\/Accounts\/[A-Za-z0-9]+\/Messages\.json$/;

/** Slack's webhook and Twilio's REST on loopback: both take what they are sent and pass it on to the story. */
export class PostOffice {
	readonly #deliver: (message: Delivered) => void;
	readonly #server: Server = createServer(
		(request, response) => void this.#serve(request, response),
	);

	constructor(deliver: (message: Delivered) => void) {
		this.#deliver = deliver;
	}

	async open(): Promise<{ readonly webhook: string; readonly twilio: string }> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		const address = this.#server.address();
		if (typeof address !== 'object' || address === null) throw new Error('no port');
		const base = `http://127.0.0.1:${address.port}`;
		return { webhook: `${base}${webhook}`, twilio: base };
	}

	async close(): Promise<void> {
		if (!this.#server.listening) return;
		const closed = once(this.#server, 'close');
		this.#server.close();
		this.#server.closeAllConnections();
		await closed;
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await textOf(request);
		const { url = '' } = request;
		if (url === webhook) this.#takePost(body, response);
		else if (messages.test(url)) this.#takeSms(new URLSearchParams(body), response);
		else response.writeHead(404).end('no such door');
	}

	#takePost(body: string, response: ServerResponse): void {
		const words = wordsIn(body);
		if (words === undefined) return void response.writeHead(400).end('invalid_payload');
		this.#deliver({ medium: 'slack', to: '#incidents', text: words });
		response.end('ok');
	}

	#takeSms(form: URLSearchParams, response: ServerResponse): void {
		const to = form.get('To') ?? '';
		const text = form.get('Body') ?? '';
		this.#deliver({ medium: 'sms', to, text });
		const sid = 'SM00000000000000000000000000000001';
		const answer = {
			sid,
			from: form.get('From'),
			to,
			body: text,
			status: 'queued',
			num_segments: '1',
		};
		response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
	}
}

/** What a reader of the channel would see: the text, and that of the attachments. */
function wordsIn(body: string): string | undefined {
	try {
		const { text = '', attachments = [] } = JSON.parse(body);
		const rest = attachments.map((attachment: { text?: string }) => attachment.text ?? '');
		return [text, ...rest].filter(Boolean).join(' · ');
	} catch {
		// What is no JSON is answered as Slack does.
		return undefined;
	}
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) {
		text += chunk;
		if (text.length > mostBytes) break;
	}
	return text;
}
