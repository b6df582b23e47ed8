import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Loaded } from '../config/load.ts';
import { reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import type { Rule } from '../rules/compile-rule.ts';
import { disagreement, tried } from '../rules/samples.ts';
import { type RulesInForce, rulesInForce } from './rules-in-force.ts';
import { eventsIn } from './sample-events.ts';

/** All that is wrong with the rules and playbooks in force, samples that disagree included. */
export async function ruleProblems(
	loaded: Loaded,
	env: Readonly<Record<string, string | undefined>>,
	now: number,
): Promise<{
	readonly problems: readonly FileProblem[];
	readonly rules: number;
	readonly playbooks: number;
}> {
	const rules = await rulesInForce(loaded, env, now);
	const problems = [...rules.problems];
	for (const rule of rules.book.rules) problems.push(...(await sampleProblems(rule, rules)));
	const playbooks = rules.playbooks.filter(({ kind }) => kind.startsWith('playbook:')).length;
	return { problems, rules: rules.book.rules.length, playbooks };
}

async function sampleProblems(rule: Rule, rules: RulesInForce): Promise<readonly FileProblem[]> {
	const { match = [], miss = [] } = rule.spec.samples ?? {};
	const wanted = [
		...match.map((file) => ({ file, want: 'match' as const })),
		...miss.map((file) => ({ file, want: 'miss' as const })),
	];
	const problems: FileProblem[] = [];
	for (const { file, want } of wanted) {
		const says = await disagreed(rule, rules, file, want);
		if (says !== undefined)
			problems.push({ ...placeOf(rule), says: `${rule.id}: sample ${file}: ${says}` });
	}
	return problems;
}

async function disagreed(
	rule: Rule,
	{ book, catalog, files }: RulesInForce,
	file: string,
	want: 'match' | 'miss',
): Promise<string | undefined> {
	const location = files.find(({ path }) => path === placeOf(rule).file)?.location ?? '';
	try {
		const text = await readFile(join(dirname(location), 'samples', file), 'utf8');
		return disagreement(want, tried(book, rule.id, eventsIn(text, file), catalog));
	} catch (error) {
		return reasonOf(error);
	}
}

/** The place of a rule, from its `file:line:column`. */
function placeOf({ origin }: Rule): { file: string; line: number; column: number } {
	const [, file = origin, line = '1', column = '1'] = /^(.*):(\d+):(\d+)$/u.exec(origin) ?? [];
	return { file, line: Number(line), column: Number(column) };
}
