import { type Clock, systemClock } from '../core/clock.ts';
import type { Outgoing } from '../core/connector.ts';
import { highest, type Tier } from '../core/tier.ts';
import { Catalog } from '../engine/catalog.ts';
import { Waking } from '../engine/waking.ts';
import { definitionFiles } from './definition-files.ts';
import type { Planned } from './plan.ts';
import { reactorsBehind, wakingFor } from './waking.ts';

/** What firing wakes as far as it is known, and what nobody could look at. */
export type Woken = {
	readonly wakes: readonly { readonly says: string; readonly tier: Tier }[];
	/** That of what is known to wake, at least 1. */
	readonly tier: Tier;
	readonly unknown?: string;
};

type Env = Readonly<Record<string, string | undefined>>;

/** What events fired onto a source would wake by the rules of this configuration and the reactors behind the source. */
export async function wokenBy(
	events: readonly Outgoing[],
	source: string,
	planned: Planned,
	env: Env,
	{ now }: Clock = systemClock,
): Promise<Woken> {
	const { files } = await definitionFiles('rules', planned.loaded, env);
	const waking = files.length > 0 ? await byRules(planned, env, now) : byReactors(planned);
	const found = await Promise.all(events.map(({ tag, data }) => waking.of({ source, tag, data })));
	const wakes = new Map(found.flatMap((one) => one.wakes.map((wake) => [wake.says, wake])));
	const tier = highest(1, ...[...wakes.values()].map((wake) => wake.tier));
	const unknown = found.find((one) => one.unknown !== undefined)?.unknown;
	return { wakes: [...wakes.values()], tier, ...(unknown === undefined ? {} : { unknown }) };
}

/** Where there are no rules only reactors can wake: a fire is not kept waiting until rules could be read. */
function byReactors({ loaded, sources }: Planned): Waking {
	const kindOf = (name: string) => sources.find((source) => source.name === name)?.connector.kind;
	return new Waking({
		imagine: () => undefined,
		explain: () => [],
		info: () => [],
		catalog: new Catalog({ actions: [], bindings: [], tiers: {} }),
		reactors: (source) => reactorsBehind(kindOf(source), loaded.config.salt.config),
	});
}

async function byRules(planned: Planned, env: Env, now: () => number): Promise<Waking> {
	const { rulesInForce } = await import('./rules-in-force.ts');
	const { catalogFor } = await import('./catalog.ts');
	const { engineFor } = await import('./engine-for.ts');
	const { loaded } = planned;
	const { book, playbooks } = await rulesInForce(loaded, env, now());
	const catalog = catalogFor(loaded, playbooks);
	const saltConfig = loaded.config.salt.config;
	return wakingFor({ engine: engineFor(planned), catalog, book: () => book, saltConfig, now });
}
