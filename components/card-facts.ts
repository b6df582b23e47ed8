import type { Approval } from '../src/core/approval.ts';
import type { BriefFacts } from '../src/present/card/card-lines.ts';
import type { CardFacts } from '../src/present/card/fields.ts';
import { placeOf } from '../src/state/card.ts';
import type { Model } from '../src/state/model.ts';

/** What a card says of an approval now. */
export function cardFacts({ approvals, now }: Model, approval: Approval): CardFacts {
	return { approval, limit: approvals.limits.get(approval.id), now };
}

const roomyFrom = 40;

/** The same for the card under the live list. */
export function briefFacts(model: Model, approval: Approval): BriefFacts {
	const isRoomy = model.size.rows >= roomyFrom;
	return { ...cardFacts(model, approval), place: placeOf(model, approval.id), isRoomy };
}
