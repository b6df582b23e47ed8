import { briefCard } from '../../src/present/card/card-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { approvalOf, placeOf } from '../../src/state/card.ts';
import { cardFacts } from '../card-facts.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** What is suggested for the event under the hand, in so many lines that one can say yes to it. */
export function CardPanel({ area }: Properties) {
	const model = useWhole();
	const approval = approvalOf(model, model.approvals.card);
	if (!approval) return null;
	const facts = { ...cardFacts(model, approval), place: placeOf(model, approval.id) };
	return (
		<Panel area={area}>
			<Lines lines={briefCard(facts, area).lines} columns={area.columns} />
		</Panel>
	);
}
