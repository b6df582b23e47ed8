import { cell, type Line } from '../../src/present/cell.ts';
import type { Area } from '../../src/present/layout.ts';
import { runDetail, runLine, runParts } from '../../src/present/run-lines.ts';
import { windowTop } from '../../src/present/window-top.ts';
import type { Model } from '../../src/state/model.ts';
import { progressOf, runHere, runList } from '../../src/state/slices/runs.ts';
import { useWhole } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area };

/** What runs and what ran, and the steps and the output of the one under the hand. */
export function Runs({ area }: Properties) {
	const model = useWhole();
	return <Page area={area} lines={linesOf(model, area)} />;
}

function linesOf(model: Model, area: Area): readonly Line[] {
	const { columns } = area;
	const { now } = model;
	const all = runList(model);
	const here = runHere(model);
	if (!here) return [[cell('   nothing has run yet', 'muted')]];
	const parts = runParts(area, all.length, here.plan.steps.length);
	const top = windowTop(all.indexOf(here), all.length, parts.list);
	const list = all
		.slice(top, top + parts.list)
		.map((run) =>
			runLine(run, progressOf(model, run.id), { isSelected: run === here, now, columns }),
		);
	const { output, isFollowing } = model.runs;
	const facts = {
		run: here,
		state: progressOf(model, here.id),
		output: output?.approval === here.id ? output : undefined,
		isFollowing,
		top: model.runs.top,
		hasFocus: model.pane === 'detail',
		now,
	};
	return [...list, ...runDetail(facts, parts, columns)];
}
