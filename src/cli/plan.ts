import { freemem } from 'node:os';
import * as connectors from '../../connectors/registry.ts';
import { type Loaded, loadConfig } from '../config/load.ts';
import { type ReadySource, sourcesFor } from '../config/sources.ts';
import { systemClock } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import { Failure } from '../core/errors.ts';
import { Engine } from '../engine/engine.ts';
import * as formats from '../formats/registry.ts';
import type { LogLimits } from '../log/event-log.ts';
import { configFiles, environmentOf } from './disk.ts';
import type { Wanted } from './wanted.ts';

const mebibyte = 1 << 20;
const defaultEvents = 1_000_000;

const allConnectors: readonly Connector[] = Object.values(connectors);

export type Planned = { readonly loaded: Loaded; readonly sources: readonly ReadySource[] };

/** Reads the configuration and checks the sources it names. Throws a Failure where there is none. */
export async function plan(wanted: Wanted): Promise<Planned> {
	const planned = await planAll(wanted);
	if (planned.sources.length > 0) return planned;
	throw new Failure('no-source', noSource);
}

/** The same for a screen: where a configuration was written it opens without a source, for what waits for a yes. */
export async function planScreen(wanted: Wanted): Promise<Planned> {
	const planned = await planAll(wanted);
	if (planned.sources.length > 0 || planned.loaded.files.length > 0) return planned;
	throw new Failure('no-source', noSource);
}

async function planAll(wanted: Wanted): Promise<Planned> {
	const loaded = await loadConfig(wanted.env, configFiles, wanted.options);
	return { loaded, sources: await sourcesOf(wanted, loaded) };
}

/** The sources that are named by hand or configured, or else found; there may be none. */
export function sourcesOf(
	{ options, env, stdinIsPiped }: Wanted,
	{ config, origins }: Loaded,
): Promise<readonly ReadySource[]> {
	const environment = environmentOf(env, stdinIsPiped);
	return sourcesFor(options.source ?? [], config, allConnectors, environment, origins);
}

const noSource =
	'no source was named and none was found: name one with -s, or try `eventctl demo`; ' +
	'`eventctl doctor` tells where it looked';

/** The engine for a plan, not started. */
export function engineFor({ loaded, sources }: Planned): Engine {
	return new Engine({
		sources,
		formats: Object.values(formats),
		limits: limitsOf(loaded.config.buffer),
		clock: systemClock,
	});
}

/** A million events, or what fits into 512 MiB or a quarter of the free memory. */
function limitsOf({ events, bytes }: Loaded['config']['buffer']): LogLimits {
	return {
		events: events ?? defaultEvents,
		bytes: bytes ?? Math.max(64 * mebibyte, Math.min(512 * mebibyte, freemem() / 4)),
	};
}
