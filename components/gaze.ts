import type { Clock } from '../src/core/clock.ts';
import { briefCard, fittingCard, wholeCard } from '../src/present/card/card-lines.ts';
import { cardOf, gazeKey } from '../src/state/card.ts';
import { topOverlay } from '../src/state/contexts.ts';
import type { Model } from '../src/state/model.ts';
import type { Store } from '../src/state/store.ts';
import { briefFacts, cardFacts } from './card-facts.ts';
import { cardArea, layoutOf } from './wishes.ts';

/**
 * Tells the model since when the card it shows has stood on the terminal: each time it becomes another one, as soon
 * as the frame that holds it is written. The returned function ends that.
 */
export function keepGaze(store: Store, flushed: () => Promise<void>, clock: Clock): () => void {
	let looked: string | undefined;
	const look = () => {
		const key = gazeKey(store.getModel());
		if (key === looked) return;
		looked = key;
		if (key !== undefined) void flushed().then(() => shown(key));
	};
	const shown = (key: string) => {
		const model = store.getModel();
		if (gazeKey(model) !== key) return;
		store.dispatch({ type: 'card.shown', key, isWhole: isWhole(model), at: clock.now() });
	};
	const end = store.subscribe(look);
	look();
	return end;
}

/** Whether all that a yes needs to see has room on the screen. */
function isWhole(model: Model): boolean {
	const approval = cardOf(model);
	if (!approval) return false;
	const facts = cardFacts(model, approval);
	const area = cardArea(model);
	const isCovered = topOverlay(model) !== undefined;
	if (area && model.isZoomed && !isCovered) {
		return wholeCard(facts, area, model.approvals.top).isWhole;
	}
	if (area) return fittingCard(facts, area).isWhole;
	const { card } = layoutOf(model);
	if (!card || isCovered) return false;
	return briefCard(briefFacts(model, approval), card).isWhole;
}
