import { auditCaptions, auditLine, recordLines } from '../../src/present/audit-lines.ts';
import { atMost, blank, cell, type Line } from '../../src/present/cell.ts';
import { titleRule } from '../../src/present/frame.ts';
import type { Area } from '../../src/present/layout.ts';
import { windowTop } from '../../src/present/window-top.ts';
import { approvalOf } from '../../src/state/card.ts';
import type { Model } from '../../src/state/model.ts';
import { recordHere } from '../../src/state/slices/audit.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** Who did what, how it ended and why, and all that is written of the record under the hand. */
export function Audit({ area }: Properties) {
	const model = useWhole();
	return (
		<Panel area={area}>
			<Lines lines={linesOf(model, area)} columns={area.columns} />
		</Panel>
	);
}

const DETAIL_SHARE = 0.5;

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns } = area;
	const { records, verdict, text } = model.audit;
	const here = recordHere(model);
	if (!here)
		return [auditCaptions(columns), [blank(3), atMost(emptySays(model), columns - 4, 'muted')]];
	const detail = recordLines(here, approvalOf(model, here.step.id), verdict, columns);
	const most = model.isZoomed ? area.rows - 2 : Math.floor(area.rows * DETAIL_SHARE);
	const below = Math.min(detail.length, most);
	const rows = Math.max(1, area.rows - 2 - below);
	const top = windowTop(records.indexOf(here), records.length, rows);
	const look = { columns, time: model.timeFormat, now: model.now };
	const list = records
		.slice(top, top + rows)
		.map((kept) => auditLine(kept, approvalOf(model, kept.step.id), kept === here, look));
	const right = text === '' ? [] : [cell('that hold: ', 'muted'), atMost(text, 30, 'accent')];
	return [
		auditCaptions(columns),
		...list,
		...Array.from({ length: rows - list.length }, () => []),
		titleRule([cell(`#${here.seq}`, 'accent')], right, columns),
		...detail.slice(0, below),
	];
}

function emptySays({ audit: { text, verdict } }: Model): string {
	if (!verdict) return 'reading the audit';
	return text === '' ? 'nothing is written yet' : `no record holds ${text}`;
}
