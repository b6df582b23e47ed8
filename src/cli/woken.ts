import { type Clock, systemClock } from '../core/clock.ts';
import type { Outgoing } from '../core/connector.ts';
import type { Tier } from '../core/tier.ts';
import { higher } from '../engine/catalog.ts';
import { catalogFor } from './catalog.ts';
import { engineFor } from './engine-for.ts';
import type { Planned } from './plan.ts';
import { rulesInForce } from './rules-in-force.ts';
import { wakingFor } from './waking.ts';

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
	const { loaded } = planned;
	const { book, playbooks } = await rulesInForce(loaded, env, now());
	const saltConfig = loaded.config.salt.config;
	const catalog = catalogFor(loaded, playbooks);
	const engine = engineFor(planned);
	const waking = wakingFor({ engine, catalog, book: () => book, saltConfig, now });
	const found = await Promise.all(events.map(({ tag, data }) => waking.of({ source, tag, data })));
	const wakes = new Map(found.flatMap((one) => one.wakes.map((wake) => [wake.says, wake])));
	const tier = higher(1, ...[...wakes.values()].map((wake) => wake.tier));
	const unknown = found.find((one) => one.unknown !== undefined)?.unknown;
	return { wakes: [...wakes.values()], tier, ...(unknown === undefined ? {} : { unknown }) };
}
