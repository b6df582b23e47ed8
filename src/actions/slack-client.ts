import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import type { HttpAnswer, HttpTool, SlackTool } from '../core/message-tools.ts';
import { Secret } from '../core/secret.ts';
import { messageLine } from './message-text.ts';

const usualBase = 'https://slack.com';
const mostAnswer = 200;
const verdict = z.object({
	ok: z.boolean(),
	error: z.string().optional(),
	ts: z.string().optional(),
});

/** Slack's two doors: an incoming webhook, and chat.postMessage. */
export function slackClient(http: HttpTool): SlackTool {
	return {
		async post(message, to, stop) {
			const body = JSON.stringify({
				...message,
				...('channel' in to && { channel: to.channel }),
				mrkdwn: false,
				parse: 'none',
				link_names: false,
				unfurl_links: false,
				unfurl_media: false,
			});
			const type = { 'content-type': 'application/json; charset=utf-8' };
			if ('webhook' in to) {
				const url = to.webhook.reveal();
				return fromWebhook(await http.send({ method: 'POST', url, headers: type, body }, stop));
			}
			const url = new URL('/api/chat.postMessage', to.base ?? usualBase).href;
			const headers = { ...type, authorization: new Secret(`Bearer ${to.token.reveal()}`) };
			return fromApp(await http.send({ method: 'POST', url, headers, body }, stop));
		},
	};
}

function fromWebhook({ status, text }: HttpAnswer): string {
	if (status === 200) return `Slack answered ${messageLine(text, mostAnswer)}`;
	throw new Failure('failed', `Slack refused it (${status}): ${messageLine(text, mostAnswer)}`);
}

/** The app's door answers 200 also to what it refuses. */
function fromApp({ status, text }: HttpAnswer): string {
	const { ok, error, ts } = verdictIn(text);
	if (ok) return `Slack answered ok (ts ${messageLine(ts ?? 'unknown', mostAnswer)})`;
	throw new Failure(
		'failed',
		`Slack refused it (${status}): ${messageLine(error ?? '', mostAnswer)}`,
	);
}

function verdictIn(text: string): z.infer<typeof verdict> {
	try {
		return verdict.parse(JSON.parse(text));
	} catch {
		return { ok: false, error: text };
	}
}
