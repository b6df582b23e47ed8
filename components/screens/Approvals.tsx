import { fittingCard, wholeCard } from '../../src/present/card/card-lines.ts';
import { cell, type Line } from '../../src/present/cell.ts';
import { titleRule } from '../../src/present/frame.ts';
import type { Area } from '../../src/present/layout.ts';
import { emptyQueue, queueCaptions, queueLine, queueParts } from '../../src/present/queue-lines.ts';
import { windowTop } from '../../src/present/window-top.ts';
import { approvalOf } from '../../src/state/card.ts';
import type { Model } from '../../src/state/model.ts';
import { cardFacts } from '../card-facts.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** What waits for a yes, and all that has to be known about the one under the hand. */
export function Approvals({ area }: Properties) {
	const model = useWhole();
	const lines = model.isZoomed ? wholeLines(model, area) : queueAndCard(model, area);
	return <Page area={area} lines={lines} />;
}

function wholeLines(model: Model, area: Area): readonly Line[] {
	const approval = approvalOf(model, model.approvals.selected);
	if (!approval) return [emptyQueue(area.columns)];
	return wholeCard(cardFacts(model, approval), area, model.approvals.top).lines;
}

function queueAndCard(model: Model, area: Area): readonly Line[] {
	const { columns } = area;
	const { queue, selected } = model.approvals;
	const parts = queueParts(area, queue.length);
	const cursor = selected === undefined ? 0 : queue.indexOf(selected);
	const top = windowTop(cursor, queue.length, parts.queue);
	const rows = queue.slice(top, top + parts.queue).flatMap((id) => {
		const approval = approvalOf(model, id);
		return approval ? [queueLine(approval, id === selected, { columns, now: model.now })] : [];
	});
	const approval = approvalOf(model, selected);
	const card = approval ? fittingCard(cardFacts(model, approval), parts.card).lines : [];
	return [
		queueCaptions(columns),
		...(rows.length > 0 ? rows : [emptyQueue(columns)]),
		...Array.from({ length: Math.max(0, parts.queue - Math.max(1, rows.length)) }, () => []),
		titleRule([cell(approval ? approval.id : 'no card', 'accent')], [], columns),
		...card,
	];
}
