import { safeCell, safeText } from '../core/safe-text.ts';
import { blank, type Cell, type Line, ofText } from './cell.ts';
import { widthOf } from './line.ts';

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
	'⚑': '!',
	'▶': '>',
	'▲': '!',
	'▁': '.',
	'▂': ':',
	'▃': '-',
	'▅': '+',
	'▇': '#',
	'─': '-',
	'│': '|',
	'┌': '+',
	'┐': '+',
	'└': '+',
	'┘': '+',
};

/**
 * A line for a screen of ASCII, as wide as before: our signs by others, anybody's text in the notation of files.
 * What grows takes the blanks behind it, so that the columns after it stay where they were.
 */
export function asciiLine(line: Line): Line {
	const cells: Cell[] = [];
	let grown = 0;
	for (const cell of line) {
		const drawn = isBlank(cell)
			? blank(Math.max(1, cell.width - grown), cell.tone)
			: asciiCell(cell);
		grown += drawn.width - cell.width;
		cells.push(drawn);
	}
	return grown > 0 ? cut(cells, widthOf(line)) : cells;
}

function isBlank({ text, width }: Cell): boolean {
	return width > 0 && text.trim() === '';
}

function asciiCell(cell: Cell): Cell {
	const isEscaped = cell.raw !== undefined && cell.text.includes('\\');
	if (/^[ -~]*$/.test(cell.text) && !isEscaped) return cell;
	if (cell.raw === undefined) return ofText(safeText(signsOf(cell.text), 'ascii'), cell.tone);
	const raw = typeof cell.raw === 'string' ? cell.raw.replaceAll('…', '...') : cell.raw;
	const isCut = cell.text !== safeText(cell.raw);
	const text = isCut ? safeCell(raw, cell.width, 'ascii') : safeText(raw, 'ascii');
	return { ...ofText(text, cell.tone), raw };
}

/** Our own words with signs that ASCII has; they may be longer then. */
export function signsOf(text: string): string {
	return text.replace(/[^ -~]/gu, (character) => signs[character] ?? character);
}

function cut(line: Line, columns: number): Line {
	let room = columns;
	return line.map((cell) => {
		const shown = cell.width <= room ? cell : ofText(safeCell(cell.text, room, 'ascii'), cell.tone);
		room -= shown.width;
		return shown;
	});
}
