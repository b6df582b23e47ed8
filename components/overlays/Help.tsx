import type { HelpGroup as KeyGroup } from '../../src/keys/screen-keys.ts';
import { type HelpGroup, helpFrame } from '../../src/present/help-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Every key that counts here, this context first. */
export function Help({ area }: Properties) {
	const keys = useKeys();
	const model = useWhole();
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'help') return null;
	const groups = pickedIn(keys.help(model), overlay.picked);
	const facts = {
		search: overlay.field,
		groups,
		says: `${keys.of('help.run')} does what is picked`,
	};
	return <Page area={area} lines={helpFrame(facts, area)} />;
}

/** The groups with the one entry marked that is picked, counted through all of them. */
function pickedIn(groups: readonly KeyGroup[], picked: number): readonly HelpGroup[] {
	let before = 0;
	return groups.map(({ title, entries }) => {
		const first = before;
		before += entries.length;
		return {
			title,
			entries: entries.map((entry, at) => ({ ...entry, isPicked: first + at === picked })),
		};
	});
}
