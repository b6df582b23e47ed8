import type { ReactNode } from 'react';
import type { Area, Layout } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import type { ScreenName } from '../../src/state/model.ts';
import type { Overlay } from '../../src/state/overlay.ts';
import { useModel } from '../hooks/useModel.ts';
import { Dialog } from '../overlays/Dialog.tsx';
import { EditForm } from '../overlays/EditForm.tsx';
import { FireForm } from '../overlays/FireForm.tsx';
import { Grace } from '../overlays/Grace.tsx';
import { Help } from '../overlays/Help.tsx';
import { Reading } from '../overlays/Reading.tsx';
import { FilterLine } from '../panels/FilterLine.tsx';
import { PromptPlace } from '../panels/PromptPlace.tsx';
import { Tabs } from '../panels/Tabs.tsx';
import { Approvals } from './Approvals.tsx';
import { Audit } from './Audit.tsx';
import { Live } from './Live.tsx';
import { Rules } from './Rules.tsx';
import { Runs } from './Runs.tsx';
import { Sources } from './Sources.tsx';

type Properties = { readonly areas: Layout };

/** What stands between the header and the notice: what lies over all of it, or the screen that was chosen. */
export function Body({ areas }: Properties) {
	const kind = useModel((model) => topOverlay(model)?.kind);
	const screen = useModel((model) => model.screen);
	const Whole = kind && wholes[kind];
	if (Whole) return <Whole area={areas.body} />;
	const isLive = screen === 'live';
	return (
		<>
			<PromptPlace area={areas.filter}>
				{isLive ? <FilterLine area={areas.filter} /> : <Tabs area={areas.filter} />}
			</PromptPlace>
			{screen === 'live' ? (
				<Live areas={areas} />
			) : (
				<Screen name={screen} area={areas.belowFilter} />
			)}
		</>
	);
}

type Whole = (properties: { readonly area: Area }) => ReactNode;

/** What lies over all of the screen; the rest of what may lie over it has a place of its own. */
const wholes: Partial<Record<Overlay['kind'], Whole>> = {
	fire: FireForm,
	help: Help,
	grace: Grace,
	dialog: Dialog,
	edit: EditForm,
	reading: Reading,
};

const screens: Readonly<Record<Exclude<ScreenName, 'live'>, Whole>> = {
	approvals: Approvals,
	runs: Runs,
	audit: Audit,
	rules: Rules,
	sources: Sources,
};

function Screen({ name, area }: { readonly name: keyof typeof screens; readonly area: Area }) {
	const Named = screens[name];
	return <Named area={area} />;
}
