import type { Area } from '../../src/present/layout.ts';
import { readingLines } from '../../src/present/reading-lines.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useModel } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** Lines to read and to leave: a difference, why a rule fired, what it would have suggested. */
export function Reading({ area }: Properties) {
	const overlay = useModel(topOverlay);
	const closeKey = useKeysOf('overlay.close');
	if (overlay?.kind !== 'reading') return null;
	return (
		<Panel area={area}>
			<Lines lines={readingLines({ ...overlay, closeKey }, area)} columns={area.columns} />
		</Panel>
	);
}
