import type { Connector, Environment } from '../core/connector.ts';
import { Failure, type FailureCode, reasonOf } from '../core/errors.ts';
import { type Origin, placeOf } from './places.ts';
import type { Config } from './schema.ts';
import {
	connectorOf,
	type NamedSource,
	numbered,
	sourceOfText,
	withoutLogin,
} from './source-text.ts';

/** A source whose settings its connector has checked. */
export type ReadySource = {
	readonly name: string;
	readonly connector: Connector;
	readonly settings: unknown;
	/** What the settings were made of. */
	readonly raw: Readonly<Record<string, unknown>>;
	readonly target: string;
};

/** The sources named by hand; else those of the config, whose errors name their place in `origins`; else what is found. */
export async function sourcesFor(
	texts: readonly string[],
	config: Config,
	connectors: readonly Connector[],
	environment: Environment,
	origins: ReadonlyMap<string, Origin> = new Map(),
): Promise<readonly ReadySource[]> {
	const named =
		texts.length > 0
			? texts.map((text) => sourceOfText(text, connectors))
			: configured(config).length > 0
				? configured(config)
				: await found(connectors, environment);
	const isByHand = texts.length > 0;
	return numbered(named).map((source) => {
		const origin = isByHand ? undefined : origins.get(`sources.${source.name}`);
		return ready(source, connectors, origin, isByHand ? 'usage' : 'config');
	});
}

function configured(config: Config): NamedSource[] {
	return Object.entries(config.sources).map(([name, { kind, ...raw }]) => {
		return { name, kind, raw, target: targetOf(raw) };
	});
}

/** What is there without config: each connector knows where to look. */
export async function found(
	connectors: readonly Connector[],
	environment: Environment,
): Promise<NamedSource[]> {
	const lists = connectors.map(async ({ kind, discover }) => {
		const sources = (await discover?.(environment)) ?? [];
		return sources.map(({ name, raw }) => ({ name, kind, raw, target: targetOf(raw) }));
	});
	return (await Promise.all(lists)).flat();
}

function ready(
	source: NamedSource,
	connectors: readonly Connector[],
	origin: Origin | undefined,
	code: FailureCode,
): ReadySource {
	const { name, kind, raw, target } = source;
	const where = origin ? `${placeOf(origin)}: source ${name}` : `source ${name}`;
	const connector = connectorOf(kind, connectors, where);
	try {
		return { name, connector, settings: connector.parse(raw), raw, target };
	} catch (cause) {
		throw new Failure(code, `${where}: ${reasonOf(cause)}`, { cause });
	}
}

/** Settings that say where a source is, whatever its kind calls it; secrets are under other names. */
const places = ['servers', 'endpoint', 'file', 'folder', 'tcp', 'listen', 'command'];

function targetOf(raw: Readonly<Record<string, unknown>>): string {
	if (raw['stdin'] === true) return 'standard input';
	const value = places.map((key) => raw[key]).find((said) => said !== undefined);
	const text = Array.isArray(value) ? value.join(' ') : value;
	return typeof text === 'string' ? withoutLogin(text) : '';
}
