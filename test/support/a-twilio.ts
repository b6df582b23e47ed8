import type { TestContext } from 'node:test';
import { type Answer, aWebServer, type Received } from './a-web-server.ts';

export const twilioAccount = 'AC00000000000000000000000000000001';
export const twilioToken = 'sesame-twilio-token';
/** A number that cannot be reached. */
export const deadNumber = '+15550199';

export type Sms = { readonly From: string; readonly To: string; readonly Body: string };

export type TwilioStandIn = { readonly base: string; readonly sent: () => readonly Sms[] };

/** Twilio's REST on loopback, for one account. */
export async function aTwilio(t: Pick<TestContext, 'after'>): Promise<TwilioStandIn> {
	const server = await aWebServer(t, answer);
	const accepted = () => server.received.filter((request) => answer(request).status === 201);
	return { base: server.base, sent: () => accepted().map(smsIn) };
}

function answer(request: Received): Answer {
	const { path, headers } = request;
	if (path !== `/2010-04-01/Accounts/${twilioAccount}/Messages.json`)
		return refusal(404, 20404, 'Not found');
	const login = Buffer.from(`${twilioAccount}:${twilioToken}`).toString('base64');
	if (headers.authorization !== `Basic ${login}`) return refusal(401, 20003, 'Authenticate');
	const { From, To, Body } = smsIn(request);
	if (To === deadNumber) return refusal(400, 21211, `Invalid 'To' Phone Number: ${To}`);
	const sid = 'SM00000000000000000000000000000042';
	const message = { sid, from: From, to: To, body: Body, status: 'queued', num_segments: '1' };
	return { status: 201, body: JSON.stringify(message) };
}

function smsIn({ body }: Received): Sms {
	const form = new URLSearchParams(body);
	return { From: form.get('From') ?? '', To: form.get('To') ?? '', Body: form.get('Body') ?? '' };
}

function refusal(status: number, code: number, message: string): Answer {
	return { status, body: JSON.stringify({ status, code, message, more_info: 'https://x' }) };
}
