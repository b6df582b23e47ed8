import { cell } from '../../src/present/cell.ts';
import { titleRule } from '../../src/present/frame.ts';
import type { Area } from '../../src/present/layout.ts';
import { sourceCaptions, sourceDetails, sourceLine } from '../../src/present/sources-table.ts';
import { windowTop } from '../../src/present/window-top.ts';
import { useModel } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

const DETAIL_ROWS = 9;

/** Every source with its health and its figures, and all that is known of the one under the hand. */
export function Sources({ area }: Properties) {
	const counts = useModel((model) => model.counts);
	const chosen = useModel((model) => model.source);
	const now = useModel((model) => model.now);
	const sources = counts?.sources ?? [];
	const cursor = Math.max(
		0,
		sources.findIndex(({ name }) => name === chosen),
	);
	const rows = Math.max(1, area.rows - 2 - DETAIL_ROWS);
	const top = windowTop(cursor, sources.length, rows);
	const source = sources[cursor];
	const lines = sources
		.slice(top, top + rows)
		.map((each, at) => sourceLine(each, top + at === cursor, now, area.columns));
	const rest = source === undefined ? [] : sourceDetails(source, now, area.columns);
	return (
		<Panel area={area}>
			<Lines
				columns={area.columns}
				lines={[
					sourceCaptions(area.columns),
					...lines,
					...Array.from({ length: rows - lines.length }, () => []),
					titleRule([cell(source?.name ?? 'no source', 'accent')], [], area.columns),
					...rest.slice(0, DETAIL_ROWS),
				]}
			/>
		</Panel>
	);
}
