import { Text } from 'ink';
import { memo, useContext } from 'react';
import { asciiLine } from '../../src/present/ascii.ts';
import type { Line, Tone } from '../../src/present/cell.ts';
import { LookContext } from '../theme/look-context.ts';

type Properties = { readonly line: Line };

/** One line of the screen. A single node whatever it holds: Ink pays for nodes, not for letters. */
export const TextLine = memo(function TextLine({ line }: Properties) {
	const { theme, isAscii } = useContext(LookContext);
	const runs = runsOf(isAscii ? asciiLine(line) : line);
	return (
		<Text wrap="truncate">
			{runs.map(({ tone, text }, at) => (
				<Text key={at} {...theme[tone]}>
					{text}
				</Text>
			))}
		</Text>
	);
});

type Run = { readonly tone: Tone; readonly text: string };

/** Neighbours of one tone as one run, without the blanks at the end; an empty line still takes its row. */
function runsOf(line: Line): readonly Run[] {
	const runs: Run[] = [];
	const end = line.findLastIndex(({ tone, text }) => isBackground(tone) || text.trim() !== '') + 1;
	for (const { tone, text } of line.slice(0, end)) {
		const last = runs.at(-1);
		if (last?.tone === tone) runs[runs.length - 1] = { tone, text: last.text + text };
		else if (text !== '') runs.push({ tone, text });
	}
	return runs.length > 0 ? runs : [{ tone: 'plain', text: ' ' }];
}

/** Whether blanks of this tone are seen. */
function isBackground(tone: Tone): boolean {
	return tone === 'focus' || tone === 'alarm';
}
