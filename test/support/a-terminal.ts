import { Writable } from 'node:stream';
import xterm from '@xterm/headless';

type Size = { readonly columns: number; readonly rows: number };

/** A terminal that draws what is written to it, as the stream that Ink writes to. */
export class ATerminal extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	/** Every byte that came, in order. */
	written = '';
	readonly #emulator: InstanceType<typeof xterm.Terminal>;

	constructor({ columns, rows }: Size) {
		super({ decodeStrings: false });
		this.columns = columns;
		this.rows = rows;
		this.#emulator = new xterm.Terminal({
			cols: columns,
			rows,
			convertEol: true,
			allowProposedApi: true,
		});
	}

	override _write(chunk: string | Buffer, _: string, done: () => void): void {
		this.written += chunk.toString();
		this.#emulator.write(chunk, done);
	}

	/** Another size, as a person drags the window. */
	resize({ columns, rows }: Size): void {
		this.columns = columns;
		this.rows = rows;
		this.#emulator.resize(columns, rows);
		this.emit('resize');
	}

	/** Resolves when all that was written is drawn. */
	drawn(): Promise<void> {
		return new Promise((resolve) => this.#emulator.write('', resolve));
	}

	/** What stands on the screen, without colours, blanks at the ends of lines cut off. */
	get text(): string {
		return Array.from({ length: this.rows }, (_, row) => this.line(row)).join('\n');
	}

	line(row: number): string {
		const buffer = this.#emulator.buffer.active;
		return (
			buffer
				.getLine(buffer.viewportY + row)
				?.translateToString(true)
				.trimEnd() ?? ''
		);
	}

	/** Whether the first cell of a row is drawn inverted or on a background of its own. */
	isMarked(row: number): boolean {
		const buffer = this.#emulator.buffer.active;
		const cell = buffer.getLine(buffer.viewportY + row)?.getCell(0);
		return cell !== undefined && (cell.isInverse() !== 0 || !cell.isBgDefault());
	}

	get isAlternate(): boolean {
		return this.#emulator.buffer.active.type === 'alternate';
	}
}
