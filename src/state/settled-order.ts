import type { Facet, TagBranch } from '../core/session.ts';

/** The tree anew, in the order it had: nothing moves under the hand because a count has grown. */
export function inOrderOf(
	before: readonly TagBranch[],
	now: readonly TagBranch[],
): readonly TagBranch[] {
	const known = new Map(before.map((branch) => [branch.label, branch]));
	return ordered([...known.keys()], now, ({ label }) => label).map((branch) => {
		const old = known.get(branch.label);
		return old ? { ...branch, children: inOrderOf(old.children, branch.children) } : branch;
	});
}

/** The same of the facets' values. */
export function facetsInOrderOf(before: readonly Facet[], now: readonly Facet[]): readonly Facet[] {
	const known = new Map(before.map(({ key, values }) => [key, values.map(({ value }) => value)]));
	return now.map((facet) => {
		const values = ordered(known.get(facet.key) ?? [], facet.values, ({ value }) => value);
		return { ...facet, values };
	});
}

/** What was there stays in its line, what is new comes behind. */
function ordered<Item>(
	names: readonly string[],
	items: readonly Item[],
	nameOf: (item: Item) => string,
): readonly Item[] {
	const place = new Map(names.map((name, at) => [name, at]));
	const placeOf = (item: Item) => place.get(nameOf(item)) ?? names.length;
	return items.toSorted((one, other) => placeOf(one) - placeOf(other));
}
