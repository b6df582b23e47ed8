import type { Layout } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useModel } from '../hooks/useModel.ts';
import { FireForm } from '../overlays/FireForm.tsx';
import { Help } from '../overlays/Help.tsx';
import { Live } from './Live.tsx';
import { Sources } from './Sources.tsx';

type Properties = { readonly areas: Layout };

/** What stands between the header and the notice: a form, the help, or the screen that was chosen. */
export function Body({ areas }: Properties) {
	const overlay = useModel(topOverlay);
	const screen = useModel((model) => model.screen);
	if (overlay?.kind === 'fire') return <FireForm area={areas.body} />;
	if (overlay?.kind === 'help') return <Help area={areas.body} help={overlay} />;
	return screen === 'sources' ? <Sources area={areas.body} /> : <Live areas={areas} />;
}
