import { safeCell, safeText } from '../core/safe-text.ts';
import { type Cell, type Line, ofText } from './cell.ts';
import { filled, widthOf } from './line.ts';

/** What stands for our own signs where the terminal shows ASCII only. */
const signs: Readonly<Record<string, string>> = {
	'●': '*',
	'◐': '~',
	'○': 'o',
	'✓': '+',
	'✗': 'x',
	'±': '~',
	'▾': 'v',
	'▸': '>',
	'›': '>',
	'»': '#',
	'•': '*',
	'…': '...',
	'×': 'x',
	'·': '-',
	'–': '-',
	'→': '->',
	'↑': '^',
	'↓': 'v',
	'←': '<-',
	'≥': '>=',
	'⏎': 'enter',
	'█': '_',
	'─': '-',
	'│': '|',
	'┌': '+',
	'┐': '+',
	'└': '+',
	'┘': '+',
};

/** A line for a screen of ASCII, as wide as before: our signs by others, anybody's text in the notation of files. */
export function asciiLine(line: Line): Line {
	return filled(line.map(asciiCell), widthOf(line));
}

function asciiCell(cell: Cell): Cell {
	if (/^[ -~]*$/.test(cell.text)) return cell;
	if (cell.raw === undefined) return ofText(safeText(signsOf(cell.text), 'ascii'), cell.tone);
	const raw = typeof cell.raw === 'string' ? cell.raw.replaceAll('…', '...') : cell.raw;
	return ofText(safeCell(raw, cell.width, 'ascii'), cell.tone);
}

function signsOf(text: string): string {
	return text.replace(/[^ -~]/gu, (character) => signs[character] ?? character);
}
