import { systemClock } from '../src/core/clock.ts';
import type { Connector } from '../src/core/connector.ts';
import { discoverNats } from './nats/context.ts';
import { type NatsSettings, parseSettings, settingsOfText } from './nats/settings.ts';

type Shared = Required<Pick<Connector<NatsSettings>, 'formats' | 'check' | 'open' | 'fire'>>;

/** The client is loaded by who reads, fires or checks. */
const shared: Shared = {
	formats: [],
	async check(settings, world) {
		const { checkAccess } = await import('./nats/access.ts');
		await checkAccess(settings, world);
	},
	async open(settings, sink, stop) {
		const { follow } = await import('./nats/follow.ts');
		await follow(settings, sink, systemClock, stop);
	},
	async fire(settings, events, _options, stop) {
		const { publish } = await import('./nats/publish.ts');
		return publish(settings, events, stop);
	},
};

/** Core subjects and streams; TLS where the server or the settings want it. */
export const nats: Connector<NatsSettings> = {
	...shared,
	kind: 'nats',
	title: 'NATS',
	fromText: (rest, query) => settingsOfText('nats', rest, query),
	parse: parseSettings,
	discover: discoverNats,
};

/** The same, and never without TLS. */
export const tls: Connector<NatsSettings> = {
	...shared,
	kind: 'tls',
	title: 'NATS over TLS',
	fromText: (rest, query) => settingsOfText('tls', rest, query),
	parse(raw) {
		const settings = parseSettings(raw);
		return { ...settings, tls: settings.tls ?? {} };
	},
};
