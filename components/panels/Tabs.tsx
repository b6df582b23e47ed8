import { verdictCell } from '../../src/present/audit-lines.ts';
import type { Area } from '../../src/present/layout.ts';
import { tabsLine } from '../../src/present/tabs-line.ts';
import { openCount, runningCount } from '../../src/state/card.ts';
import { type Model, type ScreenName, screenNames } from '../../src/state/model.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useWhole } from '../hooks/useModel.ts';
import { TextLine } from '../primitives/TextLine.tsx';

type Properties = { readonly area: Area };

/** The screens there are, the keys that lead to them, and how much waits on each. */
export function Tabs({ area }: Properties) {
	const keys = useKeys();
	const model = useWhole();
	const tabs = screenNames.map((name) => ({
		name,
		keys: keys.of(`screen.${name}`),
		count: countOf(model, name),
	}));
	const right = model.screen === 'audit' ? verdictCell(model.audit.verdict) : [];
	return <TextLine line={tabsLine(tabs, model.screen, area.columns, right)} />;
}

function countOf(model: Model, name: ScreenName): number {
	if (name === 'approvals') return openCount(model);
	return name === 'runs' ? runningCount(model) : 0;
}
