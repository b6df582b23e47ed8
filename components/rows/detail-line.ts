import type { Line } from '../../src/present/cell.ts';
import {
	checkLine,
	headingLine,
	labelLine,
	moreLine,
	textLines,
} from '../../src/present/detail/block-lines.ts';
import { hexLine } from '../../src/present/detail/hex.ts';
import type { DetailLook } from '../../src/present/detail/laid.ts';
import {
	closeLine,
	jsonLine,
	pairLine,
	prettyLine,
	type ValueFacts,
	yamlLine,
} from '../../src/present/detail/value-line.ts';
import type { DetailLine } from '../../src/state/detail-line.ts';
import type { DetailMode } from '../../src/state/detail-state.ts';

export type DetailLineLook = DetailLook & { readonly mode: DetailMode; readonly keyWidth: number };

/** A line of the details as the lines of the screen it takes. */
export function drawnDetailLine(line: DetailLine, look: DetailLineLook): readonly Line[] {
	switch (line.kind) {
		case 'value':
			return valueLine(line, look);
		case 'pair':
			return pairLine(line, look);
		case 'close':
			return [closeLine(line)];
		case 'check':
			return checkLine(line, look);
		case 'more':
			return [moreLine(line)];
		case 'heading':
			return [headingLine(line, look)];
		case 'label':
			return [labelLine(line, look)];
		case 'text':
			return textLines(line, look);
		case 'raw':
			return [hexLine(line, look.columns)];
		case 'blank':
			return [[]];
	}
}

function valueLine(line: ValueFacts, look: DetailLineLook): readonly Line[] {
	if (look.mode === 'json') return jsonLine(line, look);
	return look.mode === 'yaml' ? yamlLine(line, look) : prettyLine(line, look);
}
