import { useMemo } from 'react';
import { cell, type Line } from '../../src/present/cell.ts';
import { keyWidths } from '../../src/present/detail/key-widths.ts';
import { titleLine, viewsRule } from '../../src/present/detail/title.ts';
import { windowOf } from '../../src/present/detail/window.ts';
import type { Area } from '../../src/present/layout.ts';
import { linesUnderHand } from '../../src/present/line.ts';
import { type DetailState, detailModes } from '../../src/state/detail-state.ts';
import { useModel } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';
import { drawnDetailLine } from '../rows/detail-line.ts';

type Properties = {
	readonly area: Area;
	/** A rule parts it from what stands left of it. */
	readonly hasEdge: boolean;
};

/** An opened event: which it is, its views, and the lines of the one that is chosen. */
export function Detail({ area, hasEdge }: Properties) {
	const detail = useModel((model) => model.detail);
	const hasFocus = useModel((model) => model.pane === 'detail');
	const time = useModel((model) => model.timeFormat);
	const now = useModel((model) => model.now);
	const widths = useMemo(() => keyWidths(detail.lines), [detail.lines]);
	const { mode, opened } = detail;
	const edge = hasEdge ? [cell('│', 'muted')] : [];
	const columns = area.columns - edge.length;
	const title = titleLine({ opened, time, now }, columns);
	const rule = viewsRule({ mode, modes: detailModes, opened, key: 'v' }, columns);
	const body = shown(detail, { widths, columns, rows: area.rows - 2, hasFocus });
	return <Page area={area} lines={[title, rule, ...body].map((line) => [...edge, ...line])} />;
}

type Pane = {
	readonly widths: readonly number[];
	readonly columns: number;
	readonly rows: number;
	readonly hasFocus: boolean;
};

/** Only the lines that fit are drawn, however many there are. */
function shown({ lines, top, cursor, mode, isWrapped }: DetailState, pane: Pane): readonly Line[] {
	const { columns, rows } = pane;
	const drawn = lines.slice(top, top + rows).map((line, at) => {
		const keyWidth = pane.widths[top + at] ?? 0;
		const cells = drawnDetailLine(line, { mode, isWrapped, columns, keyWidth });
		const isUnderHand = pane.hasFocus && top + at === cursor;
		return isUnderHand ? linesUnderHand(cells, columns) : cells;
	});
	return windowOf(drawn, Math.max(0, cursor - top), rows);
}
