import type { RuleBook } from '../core/rule.ts';
import type { Catalog } from '../engine/catalog.ts';
import type { Engine } from '../engine/engine.ts';
import { type Reactors, Waking } from '../engine/waking.ts';
import { saltReactors } from './salt-reactors.ts';

export type WakingFor = {
	readonly engine: Engine;
	readonly catalog: Catalog;
	/** The rules at work when somebody asks. */
	readonly book: () => Pick<RuleBook, 'explain' | 'info'>;
	/** The Salt master's configuration folder, where it is not the usual one. */
	readonly saltConfig: string | undefined;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
};

/** What a fire onto one of the engine's sources would wake: our rules, and behind a Salt bus the master's reactors. */
export function wakingFor({ engine, catalog, book, saltConfig, now }: WakingFor): Waking {
	return new Waking({
		imagine: (source, tag, data) => {
			const format = engine.formatOf(source) ?? 'json';
			return engine.decoder.imagined(source, format, tag, data);
		},
		explain: (event) => book().explain(0, event, now()),
		info: () => book().info(),
		catalog,
		reactors: async (source) => reactorsBehind(engine.kindOf(source), saltConfig),
	});
}

/** The reactors behind a bus of that kind: only a Salt master has any; undefined where its files cannot be read. */
export async function reactorsBehind(
	kind: string | undefined,
	saltConfig: string | undefined,
): Promise<Reactors | undefined> {
	return kind === 'salt' ? saltReactors(saltConfig) : [];
}
