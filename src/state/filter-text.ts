import { filterProblem } from '../filter/compile.ts';

/**
 * What is wrong with a filter, or undefined where nothing is; `column` counts from 0. The first `ours` characters
 * are not the operator's and do not count.
 */
export function filterMistake(
	text: string,
	now: number,
	ours = 0,
): { readonly text: string; readonly column: number } | undefined {
	const problem = filterProblem(text, now);
	if (!problem) return undefined;
	const says = problem.message.replace(/^filter, column \d+: /, '');
	return { text: says, column: Math.max(0, problem.column - 1 - ours) };
}
