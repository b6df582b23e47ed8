import type { ReadySource } from '../config/sources.ts';
import type { RuleBook } from '../core/rule.ts';
import type { Catalog } from '../engine/catalog.ts';
import type { Engine } from '../engine/engine.ts';
import { Waking } from '../engine/waking.ts';
import { saltReactors } from './salt-reactors.ts';

export type WakingFor = {
	readonly engine: Engine;
	readonly sources: readonly ReadySource[];
	readonly catalog: Catalog;
	/** The rules at work when somebody asks. */
	readonly book: () => Pick<RuleBook, 'explain' | 'info'>;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
};

/** What a fire onto one of these sources would wake: our rules, and behind a Salt bus the master's reactors. */
export function wakingFor({ engine, sources, catalog, book, now }: WakingFor): Waking {
	const isSalt = (name: string) =>
		sources.some((source) => source.name === name && source.connector.kind === 'salt');
	return new Waking({
		imagine: (source, tag, data) => {
			const format = engine.formatOf(source) ?? 'json';
			return engine.decoder.imagined(source, format, tag, data);
		},
		explain: (event) => book().explain(0, event, now()),
		info: () => book().info(),
		catalog,
		reactors: async (source) => (isSalt(source) ? saltReactors() : []),
	});
}
