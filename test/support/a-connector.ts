import type { Connector } from '../../src/core/connector.ts';

/** A connector that takes whatever it is given and reads nothing. */
export function aConnector(kind: string, about: Partial<Connector> = {}): Connector {
	return {
		kind,
		title: kind,
		formats: [],
		fromText: (rest, query) => ({ rest, ...Object.fromEntries(query) }),
		parse: (raw) => raw,
		open: async () => {},
		...about,
	};
}
