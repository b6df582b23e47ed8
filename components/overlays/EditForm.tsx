import { refusal } from '../../src/commands/command.ts';
import { run } from '../../src/commands/consent.ts';
import { editLines } from '../../src/present/edit-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { approvalOf } from '../../src/state/card.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** A suggestion's parameters, to be planned anew as they are typed. */
export function EditForm({ area }: Properties) {
	const model = useWhole();
	const buttons = [
		{ keys: useKeysOf('overlay.close'), says: 'cancel' },
		{ keys: useKeysOf(run.id), says: 'propose' },
	];
	const overlay = topOverlay(model);
	if (overlay?.kind !== 'edit') return null;
	const approval = approvalOf(model, overlay.approval);
	if (!approval) return null;
	const { params, at } = overlay;
	const locked = refusal(run, model);
	return <Page area={area} lines={editLines({ approval, params, at, locked, buttons }, area)} />;
}
