import type { Approval } from '../src/core/approval.ts';
import type { CardFacts } from '../src/present/card/fields.ts';
import type { Model } from '../src/state/model.ts';

/** What a card says of an approval now. */
export function cardFacts({ approvals, now }: Model, approval: Approval): CardFacts {
	return { approval, limit: approvals.limits.get(approval.id), now };
}
