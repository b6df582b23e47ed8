import type { Area } from '../../src/present/layout.ts';
import { grouped } from '../../src/present/number.ts';
import { promptLines } from '../../src/present/prompt-lines.ts';
import type { Completion, Prompt } from '../../src/state/prompt-state.ts';
import { useKeys } from '../hooks/useKeys.ts';
import { useModel } from '../hooks/useModel.ts';
import { Page } from '../primitives/Page.tsx';

type Properties = { readonly area: Area; readonly prompt: Prompt };

/** A line being typed: a filter, a search, a time, a command. */
export function PromptBox({ area, prompt }: Properties) {
	const keys = useKeys();
	const now = useModel((model) => model.list.window?.matched ?? 0);
	const isCounted = useModel((model) => model.list.window?.isComplete ?? true);
	const aside = ({ text, seen, aside }: Completion) => {
		if (aside !== undefined) return aside;
		if (prompt.kind === 'palette') return keys.of(text);
		return seen === undefined ? '' : grouped(seen);
	};
	const lines = promptLines(
		{
			...prompt,
			error: prompt.error,
			choices: prompt.completions.map((each) => ({ text: each.label, aside: aside(each) })),
			matched: { before: prompt.matchedBefore, now, isCounted },
		},
		area,
	);
	return <Page area={area} lines={lines} />;
}
