import * as connectors from '../../connectors/registry.ts';
import { type Loaded, loadConfig } from '../config/load.ts';
import { type ReadySource, sourcesFor } from '../config/sources.ts';
import type { Connector } from '../core/connector.ts';
import { Failure } from '../core/errors.ts';
import { configFiles, environmentOf } from './disk.ts';
import type { Wanted } from './wanted.ts';

const allConnectors: readonly Connector[] = Object.values(connectors);

export type Planned = { readonly loaded: Loaded; readonly sources: readonly ReadySource[] };

/** Reads the configuration and checks the sources it names. Throws a Failure where there is none. */
export async function plan(wanted: Wanted): Promise<Planned> {
	const loaded = await loadConfig(wanted.env, configFiles, wanted.options);
	const sources = await sourcesOf(wanted, loaded);
	if (sources.length > 0) return { loaded, sources };
	throw new Failure('no-source', noSource);
}

/** The same for a screen: where a configuration was written it opens without a source, for what waits for a yes. */
export async function planScreen(wanted: Wanted, loaded: Loaded): Promise<Planned> {
	const sources = await sourcesOf(wanted, loaded);
	if (sources.length > 0 || loaded.files.length > 0) return { loaded, sources };
	throw new Failure('no-source', noSource);
}

/** The sources that are named by hand or configured, or else found; there may be none. */
export function sourcesOf(
	{ options, env, stdinIsPiped }: Wanted,
	{ config, where }: Loaded,
): Promise<readonly ReadySource[]> {
	const environment = environmentOf(env, stdinIsPiped);
	return sourcesFor(options.source ?? [], config, allConnectors, environment, where);
}

const noSource =
	'no source was named and none was found: name one with -s, or try `eventctl demo`; ' +
	'`eventctl doctor` tells where it looked';
