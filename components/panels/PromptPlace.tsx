import type { ReactNode } from 'react';
import type { Area } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useModel } from '../hooks/useModel.ts';
import { PromptBox } from '../overlays/PromptBox.tsx';

type Properties = { readonly area: Area; readonly children: ReactNode };

/** A line of the screen, or what is typed in its place. */
export function PromptPlace({ area, children }: Properties) {
	const overlay = useModel(topOverlay);
	if (overlay?.kind !== 'prompt') return children;
	return <PromptBox area={area} prompt={overlay.prompt} />;
}
