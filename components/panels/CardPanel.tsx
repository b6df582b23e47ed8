import { briefCard } from '../../src/present/card/card-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { approvalOf } from '../../src/state/card.ts';
import { briefFacts } from '../card-facts.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** What is suggested for the event under the hand, in so many lines that one can say yes to it. */
export function CardPanel({ area }: Properties) {
	const model = useWhole();
	const approval = approvalOf(model, model.approvals.card);
	if (!approval) return null;
	return (
		<Panel area={area}>
			<Lines lines={briefCard(briefFacts(model, approval), area).lines} columns={area.columns} />
		</Panel>
	);
}
