import type { Area } from '../../src/present/layout.ts';
import { grouped } from '../../src/present/number.ts';
import { promptLines } from '../../src/present/prompt-lines.ts';
import type { Prompt } from '../../src/state/model.ts';
import { useModel } from '../hooks/useModel.ts';
import { Lines } from '../primitives/Lines.tsx';
import { Panel } from '../primitives/Panel.tsx';

type Properties = { readonly area: Area; readonly prompt: Prompt };

/** A line being typed: a filter, a search, a time, a command. */
export function PromptBox({ area, prompt }: Properties) {
	const matched = useModel((model) => model.list.window?.matched ?? 0);
	const lines = promptLines(
		{
			kind: prompt.kind,
			field: prompt.field,
			error: prompt.error,
			choices: prompt.completions.map(({ label, seen }) => ({
				text: label,
				aside: seen === undefined ? '' : grouped(seen),
				isBlocked: false,
			})),
			picked: prompt.picked,
			matched: { before: prompt.matchedBefore, now: matched },
		},
		area,
	);
	return (
		<Panel area={area}>
			<Lines lines={lines} columns={area.columns} />
		</Panel>
	);
}
