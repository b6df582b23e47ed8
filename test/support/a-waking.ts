import type { RuleBook } from '../../src/core/rule.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Respond } from '../../src/engine/respond.ts';
import { type Reactors, Waking } from '../../src/engine/waking.ts';

export type AWaking = {
	readonly engine: Engine;
	readonly respond: Respond;
	readonly rules: RuleBook;
	/** Undefined where nobody can read them. */
	readonly reactors?: Reactors;
};

/** What a fire onto the engine's own source would wake, by these rules and reactors. */
export function aWaking({ engine, respond, rules, reactors }: AWaking): Waking {
	return new Waking({
		imagine: (source, tag, data) => engine.decoder.imagined(source, 'letters', tag, data),
		explain: (event) => rules.explain(0, event, respond.setup.clock.now()),
		info: () => rules.info(),
		catalog: respond.setup.catalog,
		reactors: async () => reactors,
	});
}
