import { useMemo } from 'react';
import { eventColumns } from '../../src/present/columns.ts';
import type { RowLook } from '../../src/present/event-cells.ts';
import { useModel } from './useModel.ts';

/** How rows are drawn at this width. The same object while nothing of it changes, so that rows need no new paint. */
export function useRowLook(columns: number): RowLook {
	const time = useModel((model) => model.timeFormat);
	const now = useModel((model) => (model.timeFormat === 'relative' ? model.now : 0));
	return useMemo(() => ({ columns: eventColumns(columns), time, now }), [columns, time, now]);
}
