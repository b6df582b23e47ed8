import { join } from 'node:path';
import type { Environment, Found } from '../../src/core/connector.ts';
import { type Bus, type DaemonConfig, daemonConfig } from './daemon-config.ts';

/** The buses of this host's Salt daemons, as far as their configuration and their sockets show. */
export async function foundBuses(environment: Environment): Promise<readonly Found[]> {
	const found: Found[] = [];
	for (const bus of ['master', 'minion'] as const) {
		const config = await daemonConfig(bus, environment);
		if (await isThere(bus, config, environment)) {
			found.push({ name: bus === 'master' ? 'salt' : 'minion', raw: rawOf(bus, config) });
		}
	}
	return found;
}

async function isThere(
	bus: Bus,
	{ isTcp, folder }: DaemonConfig,
	environment: Environment,
): Promise<boolean> {
	if (isTcp) return true;
	if (bus === 'master') return environment.exists(join(folder, 'master_event_pub.ipc'));
	const names = (await environment.list(folder)) ?? [];
	return names.some((name) => /^minion_event_[0-9a-f]+_pub\.ipc$/.test(name));
}

function rawOf(bus: Bus, { isTcp, folder, pubPort, pullPort, id, hash }: DaemonConfig) {
	return {
		bus,
		...(isTcp ? { tcp: `127.0.0.1:${pubPort}`, pull: pullPort } : { folder }),
		...(id === undefined ? {} : { id }),
		...(hash === undefined ? {} : { hash }),
	};
}
