import type { Area } from '../../src/present/layout.ts';
import { readingLines } from '../../src/present/reading-lines.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useModel } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Lines to read and to leave: a difference, why a rule fired, what it would have suggested. */
export function Reading({ area }: Properties) {
	const overlay = useModel(topOverlay);
	const closeKey = useKeysOf('overlay.close');
	if (overlay?.kind !== 'reading') return null;
	return <Page area={area} lines={readingLines({ ...overlay, closeKey }, area)} />;
}
