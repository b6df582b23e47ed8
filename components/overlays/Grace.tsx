import { graceLines } from '../../src/present/grace-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { cardOf } from '../../src/state/card.ts';
import { graceMs, graceSpan } from '../../src/state/slices/consent.ts';
import { cardFacts } from '../card-facts.ts';
import { useKeysOf } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** The card of what the operator asked for, and the bar that runs down before it is done. */
export function Grace({ area }: Properties) {
	const model = useWhole();
	const nowKey = useKeysOf('grace.now');
	const approval = cardOf(model);
	if (!approval) return null;
	const isWhole = model.gaze?.isWhole ?? true;
	const facts = {
		...cardFacts(model, approval),
		spanMs: graceSpan(model),
		graceMs,
		isWhole,
		nowKey,
	};
	return <Page area={area} lines={graceLines(facts, area)} />;
}
