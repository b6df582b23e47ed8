import type { Config } from '../config/schema.ts';
import { durationOf } from '../core/duration.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Tier } from '../core/tier.ts';
import type { Binding } from '../engine/catalog.ts';
import type { Policy } from '../engine/policy.ts';
import { asObject } from '../template/as-json.ts';

const tiers = { T0: 0, T1: 1, T2: 2, T3: 3, T4: 4 } as const satisfies Record<string, Tier>;

/** What the configuration allows, with times in milliseconds. */
export function policyOf({ policy, readOnly }: Config): Policy {
	const { blast, rate, escalate } = policy;
	return {
		protected: policy.protected,
		breaker: policy.breaker,
		containmentMs: ms(policy.containment),
		rate: { suggestions: rate.suggestions, withinMs: ms(rate.within) },
		isReadOnly: readOnly,
		...(blast ? { blast: { targets: blast.targets, withinMs: ms(blast.within) } } : {}),
		...(escalate ? { escalate: { afterMs: ms(escalate.after), to: escalate.to } } : {}),
	};
}

/** Tiers raised, by kind of action. */
export function raisedTiers({ policy }: Config): Readonly<Record<string, Tier>> {
	const raised = Object.entries(policy.tiers).map(([kind, tier]) => [kind, tiers[tier]] as const);
	return Object.fromEntries(raised);
}

/** The configuration's own names for actions, and where messages go. */
export function bindingsOf({ actions, notify }: Config): readonly Binding[] {
	const own = Object.entries(actions).map(([name, { kind, tier, ...params }]) => ({
		name,
		kind,
		...(tier ? { tier: tiers[tier] } : {}),
		params: paramsOf(params),
	}));
	// A message names its destination; where that is stays in the configuration.
	const destinations = Object.entries(notify).map(([name, { kind }]) => {
		return { name, kind, params: { to: name } };
	});
	return [...own, ...destinations];
}

function paramsOf(params: Readonly<Record<string, unknown>>): JsonObject {
	return asObject(params);
}

/** The schema let only durations pass. */
function ms(text: string): number {
	return durationOf(text) ?? 0;
}
