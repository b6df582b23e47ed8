import type { Connector, Environment } from '../core/connector.ts';
import { Failure, type FailureCode, reasonOf } from '../core/errors.ts';
import type { KeyMap } from '../core/key-map.ts';
import { SettingsFailure } from '../core/settings-failure.ts';
import type { Loaded } from './load.ts';
import { placeOf } from './places.ts';
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
	/** Where its JSON says what others say under the usual keys. */
	readonly keys?: KeyMap | undefined;
	readonly target: string;
};

/** Where a part of the configuration stands. */
type Where = Loaded['where'];

/** The sources named by hand; else those of the config, whose errors name their place; else what is found. */
export async function sourcesFor(
	texts: readonly string[],
	config: Config,
	connectors: readonly Connector[],
	environment: Environment,
	where: Where = () => undefined,
): Promise<readonly ReadySource[]> {
	if (texts.length > 0) return byHand(texts, connectors);
	const named = configured(config);
	const sources = named.length > 0 ? named : await found(connectors, environment);
	return numbered(sources).map((source) => {
		const at: Where = (path) => where(['sources', source.name, ...path]);
		return ready(source, connectors, 'config', at);
	});
}

/** The sources that `-s` names. Throws a Failure of code `usage` for one that is none. */
export function byHand(
	texts: readonly string[],
	connectors: readonly Connector[],
): readonly ReadySource[] {
	const named = numbered(texts.map((text) => sourceOfText(text, connectors)));
	return named.map((source) => ready(source, connectors, 'usage'));
}

function configured(config: Config): NamedSource[] {
	return Object.entries(config.sources).map(([name, { kind, format, ...raw }]) => {
		return { name, kind, raw, target: targetOf(raw), keys: format };
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
	code: FailureCode,
	where: Where = () => undefined,
): ReadySource {
	const { name, kind, raw, target, keys } = source;
	const placed = (path: readonly string[]) => {
		const origin = where(path);
		return origin ? `${placeOf(origin)}: source ${name}` : `source ${name}`;
	};
	const connector = connectorOf(kind, connectors, placed(['kind']));
	const { formats } = connector;
	if (keys && formats.length > 0 && !formats.includes('json')) {
		const says = `${placed(['format'])}: format: a ${kind} source has keys of its own`;
		throw new Failure('config', says);
	}
	try {
		return { name, connector, settings: connector.parse(raw), raw, target, keys };
	} catch (cause) {
		const path = cause instanceof SettingsFailure ? cause.path : [];
		throw new Failure(code, `${placed(path)}: ${reasonOf(cause)}`, { cause });
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
