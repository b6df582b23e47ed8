import type { Line } from '../../src/present/cell.ts';
import { within } from '../../src/present/line.ts';
import { TextLine } from './TextLine.tsx';

type Properties = { readonly lines: readonly Line[]; readonly columns: number };

/** Lines below each other, none wider than `columns`. */
export function Lines({ lines, columns }: Properties) {
	return lines.map((line, row) => <TextLine key={row} line={within(line, columns)} />);
}
