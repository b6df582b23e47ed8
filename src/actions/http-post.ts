import * as z from 'zod';
import { Failure } from '../core/errors.ts';
import { isReference, type Secret } from '../core/secret.ts';
import type { Tools } from '../core/tools.ts';
import { jsonOf } from './message.ts';
import { messageAction } from './message-action.ts';
import { messageLine } from './message-text.ts';
import { revealable } from './references.ts';

const mostAnswer = 200;

const settings = z.strictObject({
	url: z.string().min(1),
	headers: z.record(z.string().min(1), z.string()).default({}),
});

/** Posts JSON to an address of the configuration. */
export const httpPost = messageAction({
	kind: 'http.post',
	title: 'Post JSON by HTTP',
	example: `
to: incidents
body: { name: Terminal shell in container, severity: 4, pod: pay-7d9f }
`,
	settings,
	compose: (message, { url }) => ({
		reaches: [hostIn(url)],
		shows: JSON.stringify(jsonOf(message)),
	}),
	async deliver(message, given, tools, stop) {
		const http = await tools.http();
		const url = (await revealable(given.url, tools)).reveal();
		const headers = { 'content-type': 'application/json', ...(await headersOf(given, tools)) };
		const body = JSON.stringify(jsonOf(message));
		const { status, text } = await http.send({ method: 'POST', url, headers, body }, stop);
		const says = `${status} ${messageLine(text, mostAnswer)}`.trimEnd();
		if (status >= 200 && status < 300) return `it answered ${says}`;
		throw new Failure('failed', `${hostIn(given.url)} refused it: ${says}`);
	},
});

/** The rest of a URL may be what lets one in. */
function hostIn(url: string): string {
	return isReference(url) ? 'the address of a secret' : (URL.parse(url)?.host ?? 'no URL');
}

async function headersOf(
	{ headers }: z.infer<typeof settings>,
	tools: Tools,
): Promise<Readonly<Record<string, Secret>>> {
	const read = Object.entries(headers).map(
		async ([name, value]) => [name, await revealable(value, tools)] as const,
	);
	return Object.fromEntries(await Promise.all(read));
}
