import type { Secret } from './secret.ts';

export type HttpAnswer = { readonly status: number; readonly text: string };

export type HttpRequest = {
	readonly method: 'POST' | 'PUT' | 'GET';
	/** Its host is the configuration's, never an event's. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string | Secret>>;
	readonly body: string | Uint8Array;
	/** Authorities to trust instead of the system's, as PEM. */
	readonly ca?: string;
	/** Of the answer; 64 KiB where absent. */
	readonly maxBytes?: number;
	/** How the answer's bytes become text; UTF-8 where absent. */
	readonly answerAs?: 'utf8' | 'base64';
};

/** HTTP out: no redirects, no link-local or metadata addresses, https unless loopback, 10 s and 1 s more for each MiB sent or awaited. */
export type HttpTool = {
	/** Throws a Failure where nothing was sent or the answer is none to accept, a Doubt where no answer came. */
	send(request: HttpRequest, stop: AbortSignal): Promise<HttpAnswer>;
};

export type Mail = {
	readonly from: string;
	readonly to: readonly string[];
	readonly subject: string;
	readonly text: string;
};

/** `server`: `smtp://HOST:PORT` or `smtps://…`. Resolves with the server's own answer. */
export type MailTool = {
	send(
		mail: Mail,
		server: { readonly url: string; readonly user?: string; readonly password?: Secret },
		stop: AbortSignal,
	): Promise<string>;
};

/** A webhook's URL is itself a secret. */
export type SlackTool = {
	post(
		message: { readonly text: string; readonly blocks?: unknown; readonly attachments?: unknown },
		to:
			| { readonly webhook: Secret }
			| { readonly token: Secret; readonly channel: string; readonly base?: string },
		stop: AbortSignal,
	): Promise<string>;
};

export type SmsTool = {
	send(
		sms: { readonly from: string; readonly to: string; readonly text: string },
		account: { readonly account: Secret; readonly token: Secret; readonly base?: string },
		stop: AbortSignal,
	): Promise<string>;
};
