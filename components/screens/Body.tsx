import type { Layout } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useModel } from '../hooks/useModel.ts';
import { FireForm } from '../overlays/FireForm.tsx';
import { Help } from '../overlays/Help.tsx';
import { FilterLine } from '../panels/FilterLine.tsx';
import { PromptPlace } from '../panels/PromptPlace.tsx';
import { Tabs } from '../panels/Tabs.tsx';
import { Live } from './Live.tsx';
import { Sources } from './Sources.tsx';

type Properties = { readonly areas: Layout };

/** What stands between the header and the notice: a form, the help, or the screen that was chosen. */
export function Body({ areas }: Properties) {
	const kind = useModel((model) => topOverlay(model)?.kind);
	const screen = useModel((model) => model.screen);
	if (kind === 'fire') return <FireForm area={areas.body} />;
	if (kind === 'help') return <Help area={areas.body} />;
	const isLive = screen === 'live';
	return (
		<>
			<PromptPlace area={areas.filter}>
				{isLive ? <FilterLine area={areas.filter} /> : <Tabs area={areas.filter} />}
			</PromptPlace>
			{isLive ? <Live areas={areas} /> : <Sources area={areas.belowFilter} />}
		</>
	);
}
