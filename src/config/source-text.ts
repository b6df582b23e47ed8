import type { Connector } from '../core/connector.ts';
import { Failure } from '../core/errors.ts';
import type { KeyMap } from '../core/key-map.ts';
import { didYouMean } from '../core/nearest.ts';

/** A source as it was named by hand, by config or by discovery: not yet checked by its connector. */
export type NamedSource = {
	readonly name: string;
	readonly kind: string;
	readonly raw: Readonly<Record<string, unknown>>;
	/** What it is attached to, without secrets. */
	readonly target: string;
	/** Where its JSON says what others say under the usual keys. */
	readonly keys?: KeyMap | undefined;
};

/** Short names of kinds. */
const aliases: Readonly<Record<string, string>> = { zmq: 'zeromq' };

/** `[NAME=]KIND:REST[?key=value&…]` as a source; throws a Failure that shows the form. */
export function sourceOfText(text: string, connectors: readonly Connector[]): NamedSource {
	const [, name, kind, after] = /^(?:([\w.-]+)=)?([a-z0-9]+):(.*)$/s.exec(text) ?? [];
	if (kind === undefined || after === undefined) {
		throw new Failure(
			'usage',
			`-s ${text}: a source is [NAME=]KIND:REST, as in salt:/var/run/salt/master`,
		);
	}
	const connector = connectorOf(aliases[kind] ?? kind, connectors, `-s ${text}`);
	const { rest, query } = splitQuery(after);
	const raw = connector.fromText(rest, query);
	return { name: name ?? connector.kind, kind: connector.kind, raw, target: withoutLogin(rest) };
}

/** The connector of a kind; throws a Failure that names the near one for a kind that is none. */
export function connectorOf(
	kind: string,
	connectors: readonly Connector[],
	where: string,
): Connector {
	const known = connectors.find((connector) => connector.kind === kind);
	if (known) return known;
	const kinds = connectors.map((connector) => connector.kind);
	const meant = didYouMean(kind, kinds) || `: there are ${kinds.join(', ')}`;
	throw new Failure('usage', `${where}: no source is of kind ${kind}${meant}`);
}

/** Gives sources of one name numbers: `nats`, `nats2`. */
export function numbered(sources: readonly NamedSource[]): readonly NamedSource[] {
	const seen = new Map<string, number>();
	return sources.map((source) => {
		const count = (seen.get(source.name) ?? 0) + 1;
		seen.set(source.name, count);
		return count === 1 ? source : { ...source, name: `${source.name}${count}` };
	});
}

function splitQuery(text: string): {
	readonly rest: string;
	readonly query: ReadonlyMap<string, string>;
} {
	const mark = text.startsWith('!') ? -1 : text.lastIndexOf('?');
	if (mark < 0) return { rest: text, query: new Map() };
	const pairs = text
		.slice(mark + 1)
		.split('&')
		.filter(Boolean);
	return { rest: text.slice(0, mark), query: new Map(pairs.map(pairOf)) };
}

/** `key=value`, percent-decoded; a `+` is a plus, as in paths. */
function pairOf(pair: string): [key: string, value: string] {
	const [key = '', ...value] = pair.split('=');
	try {
		return [decodeURIComponent(key), decodeURIComponent(value.join('='))];
	} catch (cause) {
		throw new Failure('usage', `${pair}: a % begins two hex digits, or is written %25`, { cause });
	}
}

/** A target for the screen: what a URL holds before its @ is a secret. */
export function withoutLogin(target: string): string {
	return target.replace(/\/\/[^/@]*@/gu, '//***@');
}
