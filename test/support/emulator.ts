import xterm from '@xterm/headless';
import { readRanges, widthIn } from '../../src/core/width.ts';
import { testFile } from './files.ts';

export type EmulatorOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/** Which table measures characters: xterm.js has that of Unicode 6 and two more in its addons. */
	readonly unicode?: (typeof unicodeTables)[number];
};

export const unicodeTables = ['6', '11', '15-graphemes'] as const;

/** A cell as it is painted: its character, its columns, and its look, of which the underline stands apart. */
export type Cell = {
	readonly characters: string;
	readonly columns: number;
	readonly isUnderlined: boolean;
	readonly isInverse: boolean;
	readonly look: string;
};

/** A terminal that shows what it was sent, and keeps a record of everything else it was made to do. */
export class Emulator {
	/** Titles, bells, links, clipboards, answers: everything but drawing. */
	readonly deeds: string[] = [];
	readonly #terminal: xterm.Terminal;

	constructor({ columns = 80, rows = 24, unicode = '6' }: EmulatorOptions = {}) {
		this.#terminal = new xterm.Terminal({
			cols: columns,
			rows,
			allowProposedApi: true,
			convertEol: true,
			scrollback: 100,
		});
		if (unicode !== '6') this.#terminal.unicode.register(tableOf(unicode));
		this.#terminal.unicode.activeVersion = unicode;
		const { parser } = this.#terminal;
		this.#terminal.onTitleChange((title) => this.deeds.push(`title ${title}`));
		this.#terminal.onBell(() => this.deeds.push('bell'));
		this.#terminal.onData((answer) => this.deeds.push(`answer ${JSON.stringify(answer)}`));
		for (let code = 0; code < 2000; code++) {
			parser.registerOscHandler(code, (data) => this.#record(`OSC ${code} ${data}`));
		}
		for (const final of 'pqrstuvwxyz{|}~') {
			parser.registerDcsHandler({ final }, (data) => this.#record(`DCS ${final} ${data}`));
		}
	}

	/** Resolves when all of it was obeyed. */
	write(output: string | Uint8Array): Promise<void> {
		return new Promise((resolve) => this.#terminal.write(output, resolve));
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
	}

	/** The rows on the screen as text, without blanks at their ends. */
	screen(): string[] {
		return Array.from(
			{ length: this.#terminal.rows },
			(_, row) => this.#line(row)?.translateToString(true) ?? '',
		);
	}

	/** The cells of a row. */
	row(row: number): Cell[] {
		const line = this.#line(row);
		return Array.from({ length: this.#terminal.cols }, (_, column) =>
			cellOf(line?.getCell(column)),
		);
	}

	/** Modes, cursor, buffer and how far it scrolled: what an innocent text of the same size would leave alike. */
	state(): Record<string, unknown> {
		const { modes, buffer } = this.#terminal;
		const { type, cursorX, cursorY, baseY } = buffer.active;
		return { ...modes, type, cursorX, cursorY, baseY };
	}

	/** Whether a private mode is set, as the terminal answers when asked. */
	async isSet(mode: number): Promise<boolean> {
		const before = this.deeds.length;
		await this.write(`\x1b[?${mode}$p`);
		const [answer = ''] = this.deeds.splice(before);
		return answer.includes(`${mode};1$y`);
	}

	#line(row: number) {
		const { active } = this.#terminal.buffer;
		return active.getLine(active.baseY + row);
	}

	#record(deed: string): boolean {
		this.deeds.push(deed);
		return true;
	}
}

function cellOf(cell: xterm.IBufferCell | undefined): Cell {
	if (!cell) return { characters: '', columns: 0, isUnderlined: false, isInverse: false, look: '' };
	const colours = [
		cell.getFgColorMode(),
		cell.getFgColor(),
		cell.getBgColorMode(),
		cell.getBgColor(),
	];
	const weight = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isOverline()];
	const rest = [cell.isBlink(), cell.isInverse(), cell.isInvisible(), cell.isStrikethrough()];
	return {
		characters: cell.getChars(),
		columns: cell.getWidth(),
		isUnderlined: cell.isUnderline() !== 0,
		isInverse: cell.isInverse() !== 0,
		look: [...colours, ...weight, ...rest].map(Number).join(','),
	};
}

/** A table of an addon: marks join the character before them, what joins letters in other ways is not in it. */
function tableOf(version: '11' | '15-graphemes'): xterm.IUnicodeVersionProvider {
	const ranges = readRanges(JSON.parse(testFile('data/terminal-widths.json').toString())[version]);
	const wcwidth = (code: number) => (widthIn(ranges, code) ?? 1) as 0 | 1 | 2;
	return {
		version,
		wcwidth,
		charProperties(code, before) {
			const own = wcwidth(code);
			const joins = own === 0 && before !== 0;
			const width = joins ? (before >> 1) & 3 : own;
			return (width << 1) | Number(joins);
		},
	};
}
