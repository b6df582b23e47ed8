import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector, Outgoing, Receipt } from '../src/core/connector.ts';
import { resolveAccess } from './nats/access.ts';
import { Backoff } from './nats/backoff.ts';
import { discoverNats } from './nats/context.ts';
import { dial } from './nats/dial.ts';
import { follow } from './nats/follow.ts';
import { publishCore, publishStream } from './nats/publish.ts';
import { type NatsSettings, parseSettings, settingsOfText } from './nats/settings.ts';
import { checkSubject } from './nats/subjects.ts';

/** NATS core subjects and JetStream streams. */
export function natsOn(clock: Clock, kind: 'nats' | 'tls'): Connector<NatsSettings> {
	return {
		kind,
		title: kind === 'tls' ? 'NATS over TLS' : 'NATS',
		formats: [],
		fromText: (rest, query) => settingsOfText(kind, rest, query),
		parse(raw) {
			const settings = parseSettings(raw);
			return kind === 'tls' ? { ...settings, tls: settings.tls ?? {} } : settings;
		},
		open: (settings, sink, stop) => follow(settings, sink, clock, stop),
		fire: (settings, events, _options, stop) => fire(settings, events, stop),
		...(kind === 'nats' ? { discover: discoverNats } : {}),
	};
}

export const nats = natsOn(systemClock, 'nats');
export const tls = natsOn(systemClock, 'tls');

/** Publishes over a connection of its own. Throws a Failure where the bus did not take all of it. */
async function fire(
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
