import type { Area } from '../../src/present/layout.ts';
import { tabsLine } from '../../src/present/tabs-line.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useModel } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** The screens there are and the keys that lead to them. */
export function Tabs({ area }: Properties) {
	const current = useModel((model) => model.screen);
	const tabs = [
		{ name: 'live', keys: useKeysOf('screen.live') },
		{ name: 'sources', keys: useKeysOf('screen.sources') },
	];
	return <TextLine line={tabsLine(tabs, current, area.columns)} />;
}
