import { Failure } from '../core/errors.ts';

/** A filter that cannot be read. The message names the column; `caret` points at it. */
export class FilterError extends Failure {
	/** From 1, in UTF-16 units, as an editor counts. */
	readonly column: number;
	/** The filter, and below it a `^` at the column. */
	readonly caret: string;

	/** `at` counts from 0 within `text`. */
	constructor(text: string, at: number, says: string, options?: { cause?: unknown }) {
		super('filter', `filter, column ${at + 1}: ${says}`, options);
		this.name = 'FilterError';
		this.column = at + 1;
		this.caret = `${text}\n${' '.repeat(at)}^`;
	}
}
