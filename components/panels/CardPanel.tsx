import { briefCard } from '../../src/present/card/card-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { approvalOf } from '../../src/state/card.ts';
import { briefFacts } from '../card-facts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** What is suggested for the event under the hand, in so many lines that one can say yes to it. */
export function CardPanel({ area }: Properties) {
	const model = useWhole();
	const menuKey = useKeysOf('respond.menu');
	const approval = approvalOf(model, model.approvals.card);
	if (!approval) return null;
	return <Page area={area} lines={briefCard(briefFacts(model, approval, menuKey), area).lines} />;
}
