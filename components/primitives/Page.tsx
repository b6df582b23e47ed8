import type { Line } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { Lines } from './Lines.tsx';
import { Panel } from './Panel.tsx';

type Properties = { readonly area: Area; readonly lines: readonly Line[] };

/** A rectangle of the screen filled with lines, none wider than it is. */
export function Page({ area, lines }: Properties) {
	return (
		<Panel area={area}>
			<Lines lines={lines} columns={area.columns} />
		</Panel>
	);
}
