import type { Secret } from './secret.ts';

export type HttpAnswer = { readonly status: number; readonly text: string };

/** HTTP out: host from the configuration, no redirects, no link-local addresses, 10 s, answers of at most 64 KiB. */
export type HttpTool = {
	send(
		request: {
			readonly method: 'POST' | 'PUT' | 'GET';
			readonly url: string;
			readonly headers: Readonly<Record<string, string | Secret>>;
			readonly body: string | Uint8Array;
		},
		stop: AbortSignal,
	): Promise<HttpAnswer>;
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
