import { randomUUID } from 'node:crypto';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { errors, type NatsConnection } from 'nats';
import { printJson } from '../../src/codec/json.ts';
import type { Outgoing, Receipt } from '../../src/core/connector.ts';
import { Failure } from '../../src/core/errors.ts';
import { type Access, resolveAccess } from './access.ts';
import { Backoff } from './backoff.ts';
import { dial } from './dial.ts';
import { whyDenied, whyNoStream } from './reasons.ts';
import type { NatsSettings } from './settings.ts';
import { checkSubject, covers } from './subjects.ts';

/** An event as it goes out, its subject checked. */
type Message = { readonly subject: string; readonly body: Buffer };

/** Publishes over a connection of its own. Throws a Failure where the bus did not take all of it. */
export async function publish(
	settings: NatsSettings,
	events: readonly Outgoing[],
	stop: AbortSignal,
): Promise<Receipt> {
	for (const { tag } of events) checkSubject(tag);
	const access = await resolveAccess(settings);
	const connection = await dial(access, new Backoff());
	const close = () => void connection.close();
	stop.addEventListener('abort', close, { once: true });
	try {
		if (settings.stream === undefined) return await publishCore(connection, events, access);
		return await publishStream(connection, settings.stream, events, access);
	} finally {
		stop.removeEventListener('abort', close);
		await connection.close();
	}
}

/** Publishes to core subjects: the server has them all, and tells nobody whether anybody listened. */
async function publishCore(
	connection: NatsConnection,
	events: readonly Outgoing[],
	{ identity }: Access,
): Promise<Receipt> {
	const messages = events.map((event) => messageOf(event, connection));
	const refusals: Error[] = [];
	const reading = (async () => {
		for await (const status of connection.status()) {
			if (status.type === 'error') refusals.push(status.error);
		}
	})();
	for (const { subject, body } of messages) connection.publish(subject, body);
	// The server answers in order: what it refused it has said before the flush returns.
	await connection.flush();
	await connection.close();
	await reading;
	const [refusal] = refusals;
	if (refusal) throw whyDenied(identity, refusal);
	return { confirmed: false, says: `${sentTo(messages)}; not confirmed by the transport` };
}

/** Publishes into a stream and waits for each acknowledgement. */
async function publishStream(
	connection: NatsConnection,
	stream: string,
	events: readonly Outgoing[],
	access: Access,
): Promise<Receipt> {
	const messages = events.map((event) => messageOf(event, connection));
	const client = jetstream(connection, { ...access.jetstream, checkAPI: false });
	const sequences: number[] = [];
	for (const message of messages) {
		try {
			sequences.push(await store(client, stream, message));
		} catch (thrown) {
			const { code, message: says } = await whyNotStored(client, stream, message, access, thrown);
			const before = sequences.length === 0 ? '' : `; ${sequences.length} before it were stored`;
			throw new Failure(code, `${says}${before}`, { cause: thrown });
		}
	}
	return { confirmed: true, says: `stored in ${stream} as ${sequences.join(', ')}` };
}

/** The sequence it got. After a timeout nobody knows whether it was stored: the stream is asked, never told twice. */
async function store(
	client: JetStreamClient,
	stream: string,
	{ subject, body }: Message,
): Promise<number> {
	const msgID = randomUUID();
	try {
		const { seq } = await client.publish(subject, body, { msgID, expect: { streamName: stream } });
		return seq;
	} catch (thrown) {
		if (!(thrown instanceof errors.TimeoutError)) throw thrown;
		const found = await lastId(client, stream, subject);
		if (found?.id === msgID) return found.sequence;
		throw new Failure('not-confirmed', `nats: ${stream} did not say whether it stored ${subject}`, {
			cause: thrown,
		});
	}
}

/** To a subject that no stream takes nobody answers, as where there is no JetStream at all: the stream is asked. */
async function whyNotStored(
	client: JetStreamClient,
	stream: string,
	{ subject }: Message,
	{ identity }: Access,
	thrown: unknown,
): Promise<Failure> {
	if (thrown instanceof Failure || thrown instanceof errors.PermissionViolationError) {
		return whyNoStream(stream, identity, thrown);
	}
	try {
		const { config } = await (await client.jetstreamManager(false)).streams.info(stream);
		if (config.subjects?.some((pattern) => covers(pattern, subject))) {
			return whyNoStream(stream, identity, thrown);
		}
		const takes = config.subjects?.join(', ') || 'none: it is a copy of others';
		return new Failure(
			'unreachable',
			`nats: ${stream} does not take ${subject}: it takes ${takes}`,
		);
	} catch (missing) {
		return whyNoStream(stream, identity, missing);
	}
}

async function lastId(client: JetStreamClient, stream: string, subject: string) {
	const manager = await client.jetstreamManager(false);
	const message = await manager.streams.getMessage(stream, { last_by_subj: subject });
	return message && { id: message.header.get('Nats-Msg-Id'), sequence: message.seq };
}

function messageOf({ tag, data }: Outgoing, { info }: NatsConnection): Message {
	const body = Buffer.from(printJson(data));
	const limit = info?.max_payload ?? Number.POSITIVE_INFINITY;
	if (body.length > limit) {
		throw new Failure(
			'too-large',
			`nats: ${tag} has ${body.length} bytes, the server takes ${limit}`,
		);
	}
	return { subject: tag, body };
}

function sentTo(messages: readonly Message[]): string {
	const [first] = messages;
	return messages.length === 1 ? `sent to ${first?.subject}` : `${messages.length} events sent`;
}
