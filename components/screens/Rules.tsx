import { cell, type Line } from '../../src/present/cell.ts';
import { titleRule } from '../../src/present/frame.ts';
import type { Area } from '../../src/present/layout.ts';
import { ruleCaptions, ruleDetails, ruleLine } from '../../src/present/rule-lines.ts';
import { windowTop } from '../../src/present/window-top.ts';
import type { Model } from '../../src/state/model.ts';
import { ruleHere } from '../../src/state/slices/rules.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area };

/** Every rule with what it saw and what came of it, and what the one under the hand looks for. */
export function Rules({ area }: Properties) {
	const model = useWhole();
	return (
		<Panel area={area}>
			<Lines lines={linesOf(model, area)} columns={area.columns} />
		</Panel>
	);
}

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns } = area;
	const { list } = model.rules;
	const here = ruleHere(model);
	if (!here) return [ruleCaptions(columns), [cell('   no rules are configured', 'muted')]];
	const detail = ruleDetails(here, columns);
	const below = Math.min(detail.length, Math.floor(area.rows * 0.5));
	const rows = Math.max(1, area.rows - 2 - below);
	const top = windowTop(list.indexOf(here), list.length, rows);
	const lines = list
		.slice(top, top + rows)
		.map((rule) => ruleLine(rule, rule === here, model.now, columns));
	return [
		ruleCaptions(columns),
		...lines,
		...Array.from({ length: rows - lines.length }, () => []),
		titleRule([cell(here.id, 'accent')], [], columns),
		...detail.slice(0, below),
	];
}
