import type { Area } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useModel } from '../hooks/useModel.ts';
import { PromptBox } from '../overlays/PromptBox.tsx';
import { FilterLine } from './FilterLine.tsx';

type Properties = { readonly area: Area };

/** The filter in force, or what is typed in its place. */
export function FilterPlace({ area }: Properties) {
	const overlay = useModel(topOverlay);
	if (overlay?.kind !== 'prompt') return <FilterLine area={area} />;
	return <PromptBox area={area} prompt={overlay.prompt} />;
}
