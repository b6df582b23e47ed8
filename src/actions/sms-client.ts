import type TwilioSDK from 'twilio';
import * as z from 'zod';
import { Doubt } from '../core/action.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { HttpTool, SmsTool } from '../core/message-tools.ts';
import { Secret } from '../core/secret.ts';
import { messageLine } from './message-text.ts';

type Library = typeof TwilioSDK;
type Wire = TwilioSDK.RequestClient;
type WireRequest = Parameters<Wire['request']>[0];

const form = z.record(z.string(), z.string());
const usualBase = 'https://api.twilio.com';
const mostAnswer = 200;

/** Text messages by Twilio's library, which speaks through our HTTP and so only to addresses that were checked. */
export function smsClient(http: HttpTool): SmsTool {
	return {
		async send({ from, to, text }, { account, token, base = usualBase }, stop) {
			const twilio = await library();
			const httpClient = wireOver(twilio, http, base, stop);
			try {
				const client = twilio(account.reveal(), token.reveal(), { httpClient });
				const { sid, status } = await client.messages.create({ from, to, body: text });
				return `Twilio answered ${messageLine(`${status} (${sid})`, mostAnswer)}`;
			} catch (thrown) {
				if (thrown instanceof Failure || thrown instanceof Doubt) throw thrown;
				// The library's error holds the server's words and, in its cause, the whole request: only the words are told.
				const says = messageLine(reasonOf(thrown), mostAnswer);
				throw new Failure('failed', `Twilio refused it: ${says}`);
			}
		},
	};
}

async function library(): Promise<Library> {
	try {
		const { default: twilio } = await import('twilio');
		return twilio;
	} catch (cause) {
		const message = 'text messages need the optional package twilio: npm install twilio';
		throw new Failure('config', message, { cause });
	}
}

function wireOver(twilio: Library, http: HttpTool, base: string, stop: AbortSignal): Wire {
	return new (class extends twilio.RequestClient {
		override async request(options: WireRequest) {
			const { status, text } = await http.send(overHttp(options, base), stop);
			return { statusCode: status, body: bodyOf(status, text), headers: {} };
		}
	})();
}

function overHttp({ uri, username, password, headers = {}, data }: WireRequest, base: string) {
	const { pathname, search } = new URL(uri);
	const basic = Buffer.from(`${username}:${password}`).toString('base64');
	return {
		method: 'POST',
		url: new URL(pathname + search, base).href,
		headers: { ...headers, authorization: new Secret(`Basic ${basic}`) },
		body: new URLSearchParams(form.parse(data)).toString(),
	} as const;
}

function bodyOf(status: number, text: string) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const says = messageLine(text, mostAnswer);
		throw new Failure('failed', `Twilio refused it (${status}): ${says}`, { cause });
	}
}
