import { useMemo } from 'react';
import { captionLine } from '../../src/present/event-cells.ts';
import type { Area } from '../../src/present/layout.ts';
import { topKeeping } from '../../src/present/window-top.ts';
import { cursorLine } from '../../src/state/slices/list.ts';
import { touchedRows } from '../../src/state/slices/marks.ts';
import { useModel } from '../hooks/useModel.ts';
import { useRowLook } from '../hooks/useRowLook.ts';
import { Panel } from '../primitives/Panel.tsx';
import { TextLine } from '../primitives/TextLine.tsx';
import { EventLine } from '../rows/EventLine.tsx';
import { EmptyList } from './EmptyList.tsx';

type Properties = { readonly area: Area };

/** The events that fit, as the engine's last window has them. */
export function EventList({ area }: Properties) {
	const list = useModel((model) => model.list);
	const suggested = useModel((model) => model.approvals.bySeq);
	const marks = useModel((model) => model.marks);
	const touched = useMemo(() => touchedRows(marks), [marks]);
	const look = useRowLook(area.columns);
	const isFollowing = list.selection === 'tail';
	const rows = list.window?.rows ?? [];
	const cursor = cursorLine(list);
	const above = list.anchor === 'tail' ? area.rows : list.anchor.line;
	const top = topKeeping({ cursor, above }, rows.length, area.rows - 1);
	return (
		<Panel area={area}>
			<TextLine line={captionLine(look, isFollowing ? undefined : list.cell)} />
			{rows.length === 0 && <EmptyList columns={area.columns} />}
			{rows.slice(top, top + area.rows - 1).map((row, at) => (
				<EventLine
					key={row.seq}
					row={row}
					look={look}
					isSelected={!isFollowing && top + at === cursor}
					isNewest={isFollowing && top + at === cursor}
					isMarked={list.marks.has(row.seq)}
					isSuggested={suggested.has(row.seq)}
					touch={touched.get(row.seq)}
				/>
			))}
		</Panel>
	);
}
