import { refusal } from '../../src/commands/command.ts';
import { run } from '../../src/commands/consent.ts';
import { needOf } from '../../src/core/need.ts';
import { dialogLines } from '../../src/present/dialog-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { cardOf } from '../../src/state/card.ts';
import { topOverlay } from '../../src/state/contexts.ts';
import { cardFacts } from '../card-facts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** The whole plan once more, why it shall be done, and its target typed by hand. */
export function Dialog({ area }: Properties) {
	const model = useWhole();
	const buttons = [
		{ keys: useKeysOf('overlay.close'), says: 'cancel' },
		{ keys: useKeysOf(run.id), says: 'run' },
	];
	const approval = cardOf(model);
	const overlay = topOverlay(model);
	if (!approval || overlay?.kind !== 'dialog') return null;
	const { reason, name, at } = overlay;
	const { typedName = '' } = needOf(approval.plan, approval.contentHash);
	const facts = {
		...cardFacts(model, approval),
		...{ reason, name, at, typedName, buttons },
		profile: model.identity.profile,
		locked: refusal(run, model),
	};
	return <Page area={area} lines={dialogLines(facts, area)} />;
}
