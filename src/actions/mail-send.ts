import * as z from 'zod';
import { type Message, severityIn } from './message.ts';
import { messageAction, wordsOf } from './message-action.ts';
import { messageLine, messageText } from './message-text.ts';
import { reference } from './references.ts';

const kind = 'mail.send';
const mostSubject = 150;
const mostText = 20_000;
const mostField = 500;

const mailbox = z
	.string()
	.max(254)
	.regex(/^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/u, 'a mail address is NAME@HOST');
const settings = z.strictObject({
	server: z.url({
		protocol: /^smtps?$/u,
		error: 'a mail server is smtp://HOST:PORT or smtps://HOST',
	}),
	from: mailbox,
	to: z.union([mailbox.transform((one) => [one]), z.array(mailbox).min(1).max(50)]),
	user: z.string().min(1).optional(),
	password: reference.optional(),
});

/** Sends a mail of plain text. */
export const mailSend = messageAction({
	kind,
	title: 'Send a mail',
	example: `
to: oncall-mail
subject: "web12: shell in a container"
text: |
  Terminal shell in container, pod pay-7d9f on web12.
`,
	settings,
	compose: (message, { to }) => ({
		reaches: to,
		shows: `${subjectOf(message)}\n${textOf(message)}`,
	}),
	async deliver(message, { server, from, to, user, password }, tools, stop) {
		const mail = { from, to, subject: subjectOf(message), text: textOf(message) };
		const account = {
			url: server,
			...(user !== undefined && { user }),
			...(password !== undefined && { password: await tools.secret(password) }),
		};
		return await (await tools.mail()).send(mail, account, stop);
	},
});

/** On one line whatever it holds: a subject never begins a header of its own. */
function subjectOf(message: Message): string {
	const [first = ''] = wordsOf(kind, message).split('\n');
	const severity = severityIn(message);
	const word = severity === 'unknown' ? '' : `[${severity}] `;
	return messageLine(word + (message.subject ?? first), mostSubject);
}

function textOf(message: Message): string {
	const fields = Object.entries(message.fields ?? {}).map(
		([name, value]) =>
			`${messageLine(name, mostField)}: ${messageLine(String(value), mostField)}\n`,
	);
	const table = fields.length > 0 ? `\n\n${fields.join('')}` : '\n';
	return messageText(wordsOf(kind, message).trimEnd(), mostText) + table;
}
