import { type FileProblem, problemText } from '../core/file-problem.ts';
import { safeText } from '../core/safe-text.ts';
import type { Io } from './io.ts';

/** A problem of a file on stderr, with the text it points into where it has one. */
export function tellProblem(problem: FileProblem, io: Io): void {
	const kind = problem.isWarning ? 'warning: ' : '';
	io.stderr.write(`${safeText(`${kind}${problemText(problem)}`)}\n`);
	for (const line of problem.caret?.split('\n') ?? []) io.stderr.write(`  ${safeText(line)}\n`);
}
