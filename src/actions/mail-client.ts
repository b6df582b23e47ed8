import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import type { SentMessageInfo, Transporter } from 'nodemailer';
import * as z from 'zod';
import { Doubt } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import { Failure, reasonOf, systemCode } from '../core/errors.ts';
import type { Mail, MailTool } from '../core/message-tools.ts';
import { addressesOf, isLoopback, type Resolve, systemResolve } from './addresses.ts';
import { messageLine } from './message-text.ts';

const patienceMs = 30_000;
const mostAnswer = 200;
/** An error that holds what the server said. */
const reply = z.object({ responseCode: z.int().positive(), response: z.string() });

type Server = Parameters<MailTool['send']>[1];
type Peer = { readonly socket: Socket; readonly host: string; readonly port: number };

/**
 * Mail by SMTP. Everywhere but on this machine the connection is encrypted, from the start (`smtps`) or by STARTTLS,
 * and the server's certificate is checked. Throws a Failure where the server refuses it, a Doubt where the mail was
 * handed over and nothing came back.
 */
export function mailClient(clock: Clock, resolve: Resolve = systemResolve): MailTool {
	return {
		async send(mail, server, stop) {
			refuseLineEnds(mail);
			const { createTransport } = await import('nodemailer');
			const late = new AbortController();
			const forget = clock.after(patienceMs, () => late.abort());
			try {
				const peer = await dial(server, resolve, AbortSignal.any([stop, late.signal]));
				const journey = new Journey();
				const transport = createTransport({ ...optionsFor(peer, server), logger: journey });
				return await handOver(mail, transport, peer, journey);
			} finally {
				forget();
			}
		},
	};
}

/** How far a mail got, as the library's own log tells. */
class Journey {
	isHandedOver = false;

	/** Named by the library: it logs each line of the dialogue, and once the whole message is through. */
	info(entry: { readonly tnx?: string } | undefined): void {
		if (entry?.tnx === 'message') this.isHandedOver = true;
	}
}

async function handOver(
	mail: Mail,
	transport: Transporter,
	peer: Peer,
	journey: Journey,
): Promise<string> {
	try {
		return answerOf(await transport.sendMail(letter(mail)));
	} catch (thrown) {
		throw told(thrown, peer.host, journey);
	} finally {
		peer.socket.destroy();
	}
}

/** Whatever a header holds stays in that header. */
function refuseLineEnds({ from, to, subject }: Mail): void {
	for (const text of [from, ...to, subject]) {
		if (!/[\r\n\0]/u.test(text)) continue;
		throw new Failure('config', 'a mail header holds no line end: it was not sent');
	}
}

async function dial({ url }: Server, resolve: Resolve, stop: AbortSignal): Promise<Peer> {
	const { protocol, hostname, port: given } = new URL(url);
	const host = hostname.replace(/^\[|\]$/gu, '');
	const port = Number(given) || (protocol === 'smtps:' ? 465 : 587);
	const [first] = await addressesOf(host, false, resolve);
	const socket = connect({ host: first?.address ?? host, port, signal: stop });
	try {
		await once(socket, 'connect');
		return { socket, host, port };
	} catch (cause) {
		socket.destroy();
		const why = systemCode(cause) ?? reasonOf(cause);
		const message = `the mail server ${host}:${port} cannot be reached (${why})`;
		throw new Failure('unreachable', message, { cause });
	}
}

function optionsFor({ socket, host, port }: Peer, { url, user, password }: Server) {
	const isHere = isLoopback(socket.remoteAddress ?? '');
	const isSecure = url.startsWith('smtps:');
	return {
		connection: socket,
		host,
		port,
		secure: isSecure,
		requireTLS: !isSecure && !isHere,
		tls: { rejectUnauthorized: !isHere, ...(isIP(host) === 0 && { servername: host }) },
		disableFileAccess: true,
		disableUrlAccess: true,
		...(user !== undefined && { auth: { user, pass: password?.reveal() ?? '' } }),
	};
}

function letter({ from, to, subject, text }: Mail) {
	const headers = { 'Auto-Submitted': 'auto-generated' };
	return { from, to: [...to], subject, text, headers };
}

function answerOf({ response = '', rejected = [] }: SentMessageInfo): string {
	const says = messageLine(response, mostAnswer);
	if (rejected.length === 0) return `the mail server answered ${says}`;
	const missing = rejected.map((one) => messageLine(String(one), mostAnswer)).join(', ');
	throw new Failure('failed', `the mail server took it, but not for ${missing}`);
}

/** The server's own words where it has spoken; once the text was under way, silence is no refusal. */
function told(thrown: unknown, host: string, { isHandedOver }: Journey): Error {
	if (thrown instanceof Failure) return thrown;
	const { response } = reply.safeParse(thrown).data ?? {};
	if (response !== undefined) {
		return new Failure('failed', `${host} refused the mail: ${messageLine(response, mostAnswer)}`);
	}
	const why = systemCode(thrown) ?? 'the connection ended';
	if (isHandedOver) return new Doubt(`${host} was sent the mail and gave no answer (${why})`);
	return new Failure('unreachable', `${host} did not take the mail (${why})`, { cause: thrown });
}
