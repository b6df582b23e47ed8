import { cell } from '../../src/present/cell.ts';
import { fieldLine } from '../../src/present/field.ts';
import { bottomEdge, topEdge } from '../../src/present/frame.ts';
import { helpLines } from '../../src/present/help-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import type { Overlay } from '../../src/state/model.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area; readonly help: Overlay & { readonly kind: 'help' } };

/** Every key that counts here, this context first. */
export function Help({ area, help }: Properties) {
	const keys = useKeys();
	const model = useWhole();
	const lines = helpLines(keys.help(model), area.columns);
	const rows = area.rows - 2;
	const search =
		help.field.text === '' ? [cell('type to search', 'muted')] : fieldLine(help.field, 30);
	return (
		<Panel area={area}>
			<Lines
				columns={area.columns}
				lines={[
					topEdge([cell('help', 'accent')], search, area.columns),
					...Array.from({ length: rows }, (_, row) => lines[row] ?? []),
					bottomEdge([], area.columns),
				]}
			/>
		</Panel>
	);
}
