import { Writable } from 'node:stream';
import { Emulator } from './emulator.ts';

type Size = { readonly columns: number; readonly rows: number };

/** A terminal that draws what is written to it, as the stream that the screen writes to. */
export class ATerminal extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	/** All that was written, in order. */
	written = '';
	readonly emulator: Emulator;

	constructor({ columns, rows }: Size) {
		super({ decodeStrings: false });
		this.columns = columns;
		this.rows = rows;
		this.emulator = new Emulator({ columns, rows });
	}

	/** As a terminal's driver does, it makes a line end of every line feed. */
	override _write(chunk: string | Buffer, _: string, done: () => void): void {
		const text = chunk.toString();
		this.written += text;
		void this.emulator.write(text.replaceAll('\n', '\r\n'));
		done();
	}

	/** Another size, as a person drags the window. */
	resize({ columns, rows }: Size): void {
		this.columns = columns;
		this.rows = rows;
		this.emulator.resize(columns, rows);
		this.emit('resize');
	}

	/** Resolves when all that was written is drawn. */
	drawn(): Promise<void> {
		return this.emulator.write('');
	}

	/** What stands on the screen, without colours, blanks at the ends of lines cut off. */
	get text(): string {
		return this.emulator
			.screen()
			.map((line) => line.trimEnd())
			.join('\n');
	}

	/** The rows that are drawn inverted. */
	get inverted(): readonly string[] {
		return this.text.split('\n').filter((_, row) => this.emulator.row(row)[0]?.isInverse);
	}

	get isAlternate(): boolean {
		return this.emulator.state()['type'] === 'alternate';
	}
}
