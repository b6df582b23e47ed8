/** How far a deed reaches: 0 observes, 1 is ours and trivially undone, 2 has a tested inverse, 3 is irreversible, 4 needs a second person. */
export type Tier = 0 | 1 | 2 | 3 | 4;

/** The most dangerous of some tiers; 0 of none. */
export function highest(...tiers: readonly (Tier | undefined)[]): Tier {
	let worst: Tier = 0;
	for (const tier of tiers) if (tier !== undefined && tier > worst) worst = tier;
	return worst;
}
