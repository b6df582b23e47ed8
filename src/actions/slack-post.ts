import * as z from 'zod';
import type { SeverityName } from '../core/severity.ts';
import { type Message, severityIn } from './message.ts';
import { messageAction, wordsOf } from './message-action.ts';
import { messageLine, messageText } from './message-text.ts';
import { reference } from './references.ts';

const kind = 'slack.post';
const mostText = 3000;
const mostTitle = 200;
const mostFields = 20;
const mostFieldText = 300;
/** Shown beside one another where both are short. */
const shortField = 40;

const colours: Readonly<Record<SeverityName, string>> = {
	emerg: '#b12737',
	alert: '#f24141',
	crit: '#fc7335',
	err: '#f28143',
	warn: '#f9c414',
	notice: '#397ec3',
	info: '#8fc0e7',
	debug: '#8fc0e7',
	unknown: '#eeeeee',
};

const byWebhook = z.strictObject({ webhook: reference });
const byToken = z.strictObject({
	token: reference,
	channel: z.string().min(1).max(80),
	base: z.url().optional(),
});

/** Posts into a Slack channel, by an incoming webhook or as an app. */
export const slackPost = messageAction({
	kind,
	title: 'Post to Slack',
	example: `
to: oncall
text: |
  web12/payments: Terminal shell in container
severity: critical
fields: { rule: Terminal shell in container, pod: pay-7d9f }
`,
	settings: z.union([byWebhook, byToken]),
	compose(message, settings) {
		const where = 'channel' in settings ? `Slack ${settings.channel}` : 'Slack';
		return { reaches: [where], shows: textOf(message) };
	},
	async deliver(message, settings, tools, stop) {
		const slack = await tools.slack();
		const to =
			'webhook' in settings
				? { webhook: await tools.secret(settings.webhook) }
				: {
						token: await tools.secret(settings.token),
						channel: settings.channel,
						...(settings.base !== undefined && { base: settings.base }),
					};
		return await slack.post(slackMessage(message), to, stop);
	},
});

function textOf(message: Message): string {
	return messageText(wordsOf(kind, message), mostText);
}

/** Title and attachment; nothing in it is markup, a mention or a link that Slack would fetch. */
function slackMessage(message: Message) {
	const text = textOf(message);
	const fields = Object.entries(message.fields ?? {}).slice(0, mostFields);
	const attachment = {
		color: colours[severityIn(message)],
		fallback: escaped(messageLine(text, mostTitle)),
		text: escaped(text),
		fields: fields.map(([title, value]) => field(title, String(value))),
		mrkdwn_in: [],
	};
	const title = message.subject === undefined ? '' : messageLine(message.subject, mostTitle);
	return { text: escaped(title), attachments: [attachment] };
}

function field(title: string, value: string) {
	return {
		title: escaped(messageLine(title, mostFieldText)),
		value: escaped(messageLine(value, mostFieldText)),
		short: value.length <= shortField,
	};
}

/** Slack's own three: with them no `<!channel>`, no link and no entity is left in the text. */
function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
