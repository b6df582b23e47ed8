import type { Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import type { Catalog } from './catalog.ts';
import type { Book } from './rule-book.ts';

/** Events of a sample file, in order; `at` is milliseconds since the epoch. */
export type SampleEvents = readonly { readonly event: Decoded; readonly at: number }[];

/** What a rule says of some events that it sees for the first time: how many it fired for, and what went wrong. */
export function tried(
	book: Book,
	rule: string,
	events: SampleEvents,
	catalog: Catalog,
): { readonly fired: number; readonly troubles: readonly string[] } {
	const alone = book.alone(rule);
	let fired = 0;
	const troubles: string[] = [];
	for (const [index, { event, at }] of events.entries()) {
		const found = alone?.consider(index + 1, event, at) ?? { wishes: [], troubles: [] };
		if (found.wishes.length > 0) fired += 1;
		troubles.push(...found.troubles.map(({ says }) => says));
		for (const { action, params } of found.wishes) {
			try {
				catalog.check?.(action, params);
			} catch (thrown) {
				troubles.push(`${rule}: ${action}: ${reasonOf(thrown)}`);
			}
		}
	}
	return { fired, troubles };
}

/** Why a sample disagrees with its rule; undefined where it agrees. */
export function disagreement(
	wanted: 'match' | 'miss',
	{ fired, troubles }: ReturnType<typeof tried>,
): string | undefined {
	if (troubles[0] !== undefined) return troubles[0];
	if (wanted === 'match') return fired > 0 ? undefined : 'it should have matched, and did not';
	return fired === 0 ? undefined : 'it should have been let pass, and was matched';
}
