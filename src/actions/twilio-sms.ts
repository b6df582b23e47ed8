import * as z from 'zod';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Message } from './message.ts';
import { messageAction, wordsOf } from './message-action.ts';
import { reference, revealable } from './references.ts';
import { type SmsText, smsText } from './sms-text.ts';

const kind = 'twilio.sms';
const number = z.string().regex(/^\+[1-9]\d{6,14}$/u, 'a phone number is + and 7 to 15 digits');
const settings = z.strictObject({
	from: number,
	to: z.union([number.transform((one) => [one]), z.array(number).min(1).max(20)]),
	account: z.string().min(1),
	token: reference,
	base: z.url().optional(),
});

/** Sends a text message to each number of a destination, one after the other. */
export const twilioSms = messageAction({
	kind,
	title: 'Send a text message',
	example: `
to: oncall-sms
text: "warn web12 diskusage /var 91%"
`,
	settings,
	compose(message, { to }) {
		const sms = smsOf(message);
		return { reaches: to, shows: sms.text, notes: notesOn(sms) };
	},
	async deliver(message, { from, to, account, token, base }, tools, stop) {
		const { text } = smsOf(message);
		const client = await tools.sms();
		const login = {
			account: await revealable(account, tools),
			token: await tools.secret(token),
			...(base !== undefined && { base }),
		};
		const said: string[] = [];
		for (const one of to) {
			try {
				said.push(`${one}: ${await client.send({ from, to: one, text }, login, stop)}`);
			} catch (cause) {
				if (said.length === 0) throw cause;
				const message = `sent to ${said.length} of ${to.length}; ${one}: ${reasonOf(cause)}`;
				throw new Failure('failed', message, { cause });
			}
		}
		return said.join('; ');
	},
});

function smsOf(message: Message): SmsText {
	const text = wordsOf(kind, message);
	return smsText(message.subject === undefined ? text : `${message.subject}: ${text}`);
}

function notesOn({ segments, alphabet, missing }: SmsText): readonly string[] {
	const size = `${segments} ${segments === 1 ? 'segment' : 'segments'} each (${alphabet})`;
	return missing === 0 ? [size] : [size, `too long: ${missing} characters are left out`];
}
