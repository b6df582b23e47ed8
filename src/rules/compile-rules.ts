import { type Definition, type DefinitionFile, readDefinitions } from '../codec/definitions.ts';
import { type FileProblem, problemText } from '../core/file-problem.ts';
import type { RuleInfo } from '../core/rule.ts';
import type { Catalog } from './catalog.ts';
import { compileRule, type Rule } from './compile-rule.ts';
import { Book, type BookSetup } from './rule-book.ts';

export type CompiledRules = {
	readonly book: Book;
	/** Errors, and warnings among them; a rule with an error is broken, the others are at work. */
	readonly problems: readonly FileProblem[];
};

/** The rules of some files. `now`, in milliseconds since the epoch, is what times in filters count from. */
export function compileRules(
	files: readonly DefinitionFile[],
	catalog: Catalog,
	now: number,
	setup: BookSetup = {},
): CompiledRules {
	const rules = new Map<string, Rule>();
	const broken: RuleInfo[] = [];
	const problems: FileProblem[] = [];
	for (const file of files) {
		const read = readDefinitions(file, 'rules');
		problems.push(...read.problems);
		for (const definition of read.items) {
			const compiled = compileRule(definition, catalog, now);
			const { rule } = compiled;
			const known = rule && rules.get(rule.id);
			const found = known
				? [
						definition.problem(
							['id'],
							`${rule.id} is already the name of the rule at ${known.origin}`,
						),
					]
				: compiled.problems;
			problems.push(...found);
			if (rule && !known) {
				rules.set(rule.id, rule);
				if (!rule.spec.samples) problems.push(unsampled(definition, rule));
			} else broken.push(brokenInfo(definition.value, found));
		}
	}
	return { book: new Book([...rules.values()], broken, setup), problems };
}

function unsampled(definition: Definition, { id }: Rule): FileProblem {
	const says = `${id} has no samples: nothing shows what it matches and what it lets pass`;
	return { ...definition.problem([], says), isWarning: true };
}

/** What can be told of a rule that does not work. */
function brokenInfo(value: unknown, problems: readonly FileProblem[]): RuleInfo {
	const said = (key: string): string => {
		const part: unknown = Reflect.get(Object(value), key);
		return typeof part === 'string' ? part : '';
	};
	const [first] = problems;
	return {
		id: said('id') || '(no id)',
		version: '',
		origin: first ? `${first.file}:${first.line}:${first.column}` : '',
		match: said('match'),
		says: '',
		suggests: [],
		hasSamples: false,
		state: 'broken',
		reason: problems.map(problemText).join('; '),
		seen: 0,
		fired: 0,
	};
}
