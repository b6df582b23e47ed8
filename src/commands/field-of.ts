import type { Row } from '../core/session.ts';
import { textOf } from '../filter/compare.ts';
import { keyOf } from '../filter/path.ts';
import { focusOf } from '../state/contexts.ts';
import type { CellName } from '../state/list-state.ts';
import type { Model } from '../state/model.ts';
import { rowHere } from './command.ts';

/** A key of the filter and one value of it. */
export type PickedField = { readonly key: string; readonly value: string };

/** What the cursor is on, as something to filter by: the picked cell of a row, the value on a line of details. */
export function pickedField(model: Model): PickedField | undefined {
	if (focusOf(model) === 'detail') return fieldOfLine(model);
	const row = rowHere(model);
	return row && fieldOfCell(row, model.list.cell);
}

/** What relates a row to others, the closest tie first. */
export function tiesOf(row: Row): readonly PickedField[] {
	if (row.kind === 'gap' || row.kind === 'broken') return [{ key: 'src', value: row.source }];
	const names = ['jid', 'pod', 'rule', 'host'] as const;
	return names.flatMap((key) => {
		const value = row.facts[key];
		return value === undefined || value === '' ? [] : [{ key, value }];
	});
}

function fieldOfLine({ detail }: Model): PickedField | undefined {
	const line = detail.lines[detail.cursor];
	if ((line?.kind !== 'value' && line?.kind !== 'pair') || !line.path) return undefined;
	const value = textOf(line.value);
	return value === undefined ? undefined : { key: keyOf(line.path), value };
}

function fieldOfCell(row: Row, cell: CellName): PickedField | undefined {
	if (cell === 'source') return { key: 'src', value: row.source };
	if (row.kind === 'gap' || row.kind === 'broken') return { key: 'kind', value: row.kind };
	if (cell === 'severity') return { key: 'sev', value: row.severity };
	if (cell === 'tag') return { key: 'tag', value: row.tag };
	return tiesOf(row).findLast(({ key }) => key === 'host' || key === 'pod');
}
