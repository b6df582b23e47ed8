import { cell, type Line } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { listOverDetail } from '../../src/present/list-over-detail.ts';
import { ruleCaptions, ruleDetails, ruleLine } from '../../src/present/rule-lines.ts';
import type { Model } from '../../src/state/model.ts';
import { ruleHere } from '../../src/state/slices/rules.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** Every rule with what it saw and what came of it, and what the one under the hand looks for. */
export function Rules({ area }: Properties) {
	return <Page area={area} lines={linesOf(useWhole(), area)} />;
}

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns, rows } = area;
	const { list } = model.rules;
	const here = ruleHere(model);
	if (!here) return [ruleCaptions(columns), [cell('   no rules are configured', 'muted')]];
	const cursor = list.indexOf(here);
	return listOverDetail(
		{
			captions: ruleCaptions(columns),
			count: list.length,
			cursor,
			lineAt: (at) => ruleLine(list[at] ?? here, at === cursor, model.now, columns),
			title: here.id,
			detail: ruleDetails(here, columns),
			detailMost: Math.floor(rows / 2),
		},
		area,
	);
}
