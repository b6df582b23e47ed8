import type { TestContext } from 'node:test';
import { type Answer, aWebServer, type Received } from './a-web-server.ts';

/** What Slack was posted. */
export type SlackPost = {
	readonly text: string;
	readonly channel?: string;
	readonly attachments: readonly {
		readonly color: string;
		readonly text: string;
		readonly fields: readonly { readonly title: string; readonly value: string }[];
	}[];
	readonly [key: string]: unknown;
};

export type SlackStandIn = {
	/** Where chat.postMessage is, and below it the webhook. */
	readonly base: string;
	readonly webhook: string;
	readonly posts: () => readonly SlackPost[];
};

const webhookPath = '/services/T0/B0/sesame-webhook';
export const slackToken = 'xoxb-sesame-token';

/** Slack on loopback, with the two doors that messages come in by; it knows one webhook, one token, one channel. */
export async function aSlack(t: Pick<TestContext, 'after'>): Promise<SlackStandIn> {
	const server = await aWebServer(t, answer);
	return {
		base: server.base,
		webhook: server.base + webhookPath,
		posts: () => server.received.map(({ body }) => JSON.parse(body)),
	};
}

function answer({ path, headers, body }: Received): Answer {
	if (path === webhookPath) return { body: 'ok' };
	if (path !== '/api/chat.postMessage') return { status: 404, body: 'no_service' };
	if (headers.authorization !== `Bearer ${slackToken}`) return verdict({ error: 'invalid_auth' });
	const { channel } = JSON.parse(body);
	if (channel !== '#ops') return verdict({ error: 'channel_not_found' });
	return verdict({ ts: '1795253400.000100', channel });
}

function verdict(said: Readonly<Record<string, string>>): Answer {
	return { body: JSON.stringify({ ok: !('error' in said), ...said }) };
}
