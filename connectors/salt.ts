import { type Clock, systemClock } from '../src/core/clock.ts';
import type { Connector } from '../src/core/connector.ts';
import { disk } from './salt/files.ts';
import { fireOnBus } from './salt/fire.ts';
import { foundBuses } from './salt/found.ts';
import { readBus } from './salt/read-bus.ts';
import { parseSettings, type SaltSettings, settingsText } from './salt/settings.ts';

/** The event bus of a Salt master or minion on this host. */
export function saltOn(clock: Clock): Connector<SaltSettings> {
	const surroundings = { clock, files: disk };
	return {
		kind: 'salt',
		title: 'Event bus of a Salt master or minion',
		formats: ['salt'],
		fromText: settingsText,
		parse: parseSettings,
		open: (settings, sink, stop) => readBus(settings, sink, surroundings, stop),
		fire: (settings, events, options, stop) =>
			fireOnBus(settings, events, options, surroundings, stop),
		forwards: ({ bus }) => bus === 'minion',
		discover: foundBuses,
	};
}

export const salt = saltOn(systemClock);
