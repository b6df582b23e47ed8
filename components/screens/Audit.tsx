import { auditCaptions, auditLine, recordLines } from '../../src/present/audit-lines.ts';
import { atMost, blank, cell, type Line } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { listOverDetail } from '../../src/present/list-over-detail.ts';
import { approvalOf } from '../../src/state/card.ts';
import type { Model } from '../../src/state/model.ts';
import { recordHere } from '../../src/state/slices/audit.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Who did what, how it ended and why, and all that is written of the record under the hand. */
export function Audit({ area }: Properties) {
	return <Page area={area} lines={linesOf(useWhole(), area)} />;
}

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns, rows } = area;
	const { records, verdict, text } = model.audit;
	const captions = auditCaptions(columns);
	const here = recordHere(model);
	if (!here) return [captions, [blank(3), atMost(emptySays(model), columns - 4, 'muted')]];
	const cursor = records.indexOf(here);
	const look = { columns, time: model.timeFormat, now: model.now };
	return listOverDetail(
		{
			...{ captions, count: records.length, cursor },
			lineAt: (at) => {
				const kept = records[at] ?? here;
				return auditLine(kept, approvalOf(model, kept.step.id), at === cursor, look);
			},
			title: `#${here.seq}`,
			aside: text === '' ? [] : [cell('that hold: ', 'muted'), atMost(text, 30, 'accent')],
			detail: recordLines(here, approvalOf(model, here.step.id), verdict, columns),
			detailMost: model.isZoomed ? rows - 2 : Math.floor(rows / 2),
		},
		area,
	);
}

function emptySays({ audit: { text, verdict } }: Model): string {
	if (!verdict) return 'reading the audit';
	return text === '' ? 'nothing is written yet' : `no record holds ${text}`;
}
