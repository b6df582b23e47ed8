import { Failure } from '../core/errors.ts';

/** A template that cannot be read, or that an event cannot fill. Its text may quote the template, never the event. */
export class TemplateError extends Failure {
	/** Where in the template it went wrong, from 1; absent where only the event is to blame. */
	readonly at: { readonly line: number; readonly column: number } | undefined;

	/** `offset` counts from 0 within `source`. */
	constructor(source: string, offset: number | undefined, says: string, cause?: unknown) {
		const at = offset === undefined ? undefined : placeIn(source, offset);
		const where = at && (at.line === 1 ? `column ${at.column}` : `line ${at.line}:${at.column}`);
		super('config', `template${where ? `, ${where}` : ` ${brief(source)}`}: ${says}`, { cause });
		this.at = at;
	}
}

function placeIn(source: string, offset: number): { line: number; column: number } {
	const before = source.slice(0, offset).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function brief(source: string): string {
	const line = source.replace(/\s+/gu, ' ').trim();
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
