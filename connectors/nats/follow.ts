import type { NatsConnection } from 'nats';
import { type Clock, pause } from '../../src/core/clock.ts';
import type { Sink } from '../../src/core/connector.ts';
import { Failure, reasonOf } from '../../src/core/errors.ts';
import { resolveAccess } from './access.ts';
import { Backoff } from './backoff.ts';
import { CoreReader } from './core-reader.ts';
import { dial } from './dial.ts';
import { Health } from './health.ts';
import type { Reader, ReaderTools } from './reader.ts';
import { whyNotConnected } from './reasons.ts';
import type { NatsSettings } from './settings.ts';
import { StreamReader } from './stream-reader.ts';

/** Whoever is turned away once is turned away again: asking more often only fills the server's log. */
const deniedRetryMs = 30_000;
const goodbyeMs = 1000;

/** Sessions one after the other: the client reconnects by itself, but not before its first success nor after a refusal. */
export async function follow(
	settings: NatsSettings,
	sink: Sink,
	clock: Clock,
	stop: AbortSignal,
): Promise<void> {
	const backoff = new Backoff();
	const health = new Health(sink, clock, backoff);
	sink.link({ kind: 'connecting' });
	while (!stop.aborted) {
		try {
			await session(settings, sink, { clock, health, backoff }, stop);
		} catch (thrown) {
			backoff.tried();
			const isDenied = thrown instanceof Failure && thrown.code === 'denied';
			const delayMs = isDenied ? deniedRetryMs : backoff.delayMs;
			const retryAt = clock.now() + delayMs;
			sink.link({ kind: 'waiting', retryAt, reason: reasonOf(thrown), attempt: backoff.tries });
			await pause(clock, delayMs, stop);
		}
	}
	const missing = health.unfinished();
	// A stream keeps what we did not read.
	if (missing !== undefined && settings.stream === undefined) sink.gap(missing);
}

type Keeping = { readonly clock: Clock; readonly health: Health; readonly backoff: Backoff };

/** One connection's life, its reconnects included. Throws where it ended against our will. */
async function session(
	settings: NatsSettings,
	sink: Sink,
	{ clock, health, backoff }: Keeping,
	stop: AbortSignal,
): Promise<void> {
	const access = await resolveAccess(settings);
	const connection = await dial(access, backoff);
	const { promise: ended, resolve: end, reject: refuse } = Promise.withResolvers<void>();
	const closing = new AbortController();
	const over = AbortSignal.any([stop, closing.signal]);
	over.addEventListener('abort', () => end());
	const reader = readerOf(settings, { connection, access, sink, clock, refuse });
	const hearing = hear(connection, health, reader, over).then(end, refuse);
	try {
		if (stop.aborted) return;
		reader.online(health.connected(connection));
		await ended;
		if (!stop.aborted) throw whyNotConnected(access, await connection.closed());
	} catch (thrown) {
		health.lost(reasonOf(thrown));
		throw thrown;
	} finally {
		closing.abort();
		await reader.offline();
		if (health.isOnline) await goodbye(connection, clock);
		await connection.close();
		await hearing;
	}
}

function readerOf(settings: NatsSettings, tools: ReaderTools): Reader {
	const { stream, subjects } = settings;
	return stream === undefined
		? new CoreReader(subjects, tools)
		: new StreamReader({ ...settings, stream }, tools);
}

/** Hears the client out until the connection is closed for good; once it is over, nothing it says counts. */
async function hear(
	connection: NatsConnection,
	health: Health,
	reader: Reader,
	over: AbortSignal,
): Promise<void> {
	for await (const status of connection.status()) {
		if (over.aborted) continue;
		const missed = health.hear(status, connection);
		if (status.type === 'disconnect') reader.offline();
		if (status.type === 'reconnect') reader.online(missed);
	}
}

/** Lets the server take what is on its way; one that fell silent is not waited for. */
async function goodbye(connection: NatsConnection, clock: Clock): Promise<void> {
	const enough = new AbortController();
	const drained = connection.drain().catch(() => {
		// It was closed before: there is nothing to drain.
	});
	await Promise.race([drained, pause(clock, goodbyeMs, enough.signal)]);
	enough.abort();
}
