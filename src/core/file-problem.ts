/** Something wrong in a file a person wrote, at its place; lines and columns count from 1. */
export type FileProblem = {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	/** A sentence. It may quote the file. */
	readonly says: string;
	/** The text it is about, and below it a `^`. */
	readonly caret?: string;
	/** It is told and stops nothing. */
	readonly isWarning?: boolean;
};

/** `rules/falco.yaml:3:10: …`, as compilers say it. */
export function problemText({ file, line, column, says }: FileProblem): string {
	return `${file}:${line}:${column}: ${says}`;
}
