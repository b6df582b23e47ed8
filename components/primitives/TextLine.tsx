import { Text } from 'ink';
import { memo, useContext } from 'react';
import { asciiLine } from '../../src/present/ascii.ts';
import type { Line, Tone } from '../../src/present/cell.ts';
import { partsOf } from '../../src/present/marks.ts';
import { LookContext } from '../theme/look-context.ts';
import { markLook } from '../theme/themes.ts';

type Properties = { readonly line: Line };

/** One line of the screen. A single node whatever it holds: Ink pays for nodes, not for letters. */
export const TextLine = memo(function TextLine({ line }: Properties) {
	const { theme, isAscii } = useContext(LookContext);
	const runs = runsOf(isAscii ? asciiLine(line) : line, isAscii);
	return (
		<Text wrap="truncate">
			{runs.map(({ tone, text, isMark }, at) => (
				<Text key={at} {...theme[tone]} {...(isMark ? markLook : {})}>
					{text}
				</Text>
			))}
		</Text>
	);
});

type Run = { readonly tone: Tone; readonly text: string; readonly isMark: boolean };

/** Neighbours of one look as one run, without the blanks at the end; an empty line still takes its row. */
function runsOf(line: Line, isAscii: boolean): readonly Run[] {
	const runs: Run[] = [];
	const end = line.findLastIndex(({ tone, text }) => isBackground(tone) || text.trim() !== '') + 1;
	for (const cell of line.slice(0, end)) {
		for (const [at, text] of partsOf(cell, isAscii).entries()) {
			add(runs, { tone: cell.tone, text, isMark: cell.isMark || at % 2 === 1 });
		}
	}
	return runs.length > 0 ? runs : [{ tone: 'plain', text: ' ', isMark: false }];
}

function add(runs: Run[], run: Run): void {
	const last = runs.at(-1);
	const isSame = last?.tone === run.tone && last.isMark === run.isMark;
	if (isSame) runs[runs.length - 1] = { ...run, text: last.text + run.text };
	else if (run.text !== '') runs.push(run);
}

/** Whether blanks of this tone are seen. */
function isBackground(tone: Tone): boolean {
	return tone === 'focus' || tone === 'alarm';
}
