import type { Approval } from '../src/core/approval.ts';
import type { BriefFacts } from '../src/present/card/card-lines.ts';
import type { CardFacts } from '../src/present/card/fields.ts';
import { othersHere, placeOf } from '../src/state/card.ts';
import type { Model } from '../src/state/model.ts';

/** What a card says of an approval now. */
export function cardFacts({ approvals, now }: Model, approval: Approval): CardFacts {
	return { approval, limit: approvals.limits.get(approval.id), now };
}

const roomyFrom = 40;

/** The same for the card under the live list; `othersKey` leads to what else waits there. */
export function briefFacts(model: Model, approval: Approval, othersKey = 'x'): BriefFacts {
	const isRoomy = model.size.rows >= roomyFrom;
	const place = placeOf(model, approval.id);
	return { ...cardFacts(model, approval), place, others: othersHere(model), othersKey, isRoomy };
}
