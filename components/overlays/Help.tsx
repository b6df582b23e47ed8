import { helpFrame } from '../../src/present/help-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** Every key that counts here, this context first. */
export function Help({ area }: Properties) {
	const keys = useKeys();
	const model = useWhole();
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'help') return null;
	const facts = { search: overlay.field, groups: keys.help(model), says: '⏎ does it' };
	return (
		<Panel area={area}>
			<Lines lines={helpFrame(facts, area)} columns={area.columns} />
		</Panel>
	);
}
