import type { Loaded } from '../config/load.ts';
import type { Action } from '../core/action.ts';
import { type FileProblem, problemText } from '../core/file-problem.ts';
import type { Catalog as Actions } from '../engine/catalog.ts';
import { playbookActions } from '../playbooks/actions.ts';
import { compilePlaybooks } from '../playbooks/compile-playbooks.ts';
import type { FindAction } from '../playbooks/playbook.ts';
import type { Catalog } from '../rules/catalog.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Book, BookSetup } from '../rules/rule-book.ts';
import { catalogFor, unboundNames } from './catalog.ts';
import { definitionFiles, type FoundFile } from './definition-files.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type RulesInForce = {
	readonly book: Book;
	readonly catalog: Catalog;
	/** Playbooks as actions, beside those that are built in. */
	readonly playbooks: readonly Action[];
	readonly files: readonly FoundFile[];
	/** All that is wrong with rules and playbooks, warnings among it. */
	readonly problems: readonly FileProblem[];
};

/** Reads and compiles the rules and playbooks that the configuration names. `now` is milliseconds since the epoch. */
export async function rulesInForce(
	loaded: Loaded,
	env: Env,
	now: number,
	setup: BookSetup = {},
): Promise<RulesInForce> {
	const rules = await definitionFiles('rules', loaded, env);
	const playbooks = await definitionFiles('playbooks', loaded, env);
	const files = distinct([...rules.files, ...playbooks.files]);

	const simple = catalogFor(loaded);
	const find: FindAction = (name) => (simple.has(name) ? simple.find(name) : undefined);
	const compiled = compilePlaybooks(files, find, namesOf(simple));
	const actions = playbookActions(compiled.playbooks, find);
	const catalog = catalogOf(loaded, catalogFor(loaded, actions));
	const { book, problems } = compileRules(rules.files, catalog, now, setup);
	return {
		book,
		catalog,
		playbooks: actions,
		files,
		problems: distinctProblems([
			...rules.problems,
			...playbooks.problems,
			...unboundNames(loaded, actions),
			...compiled.problems,
			...problems,
		]),
	};
}

/** A file that holds rules and playbooks may be named twice. */
function distinct(files: readonly FoundFile[]): readonly FoundFile[] {
	return [...new Map(files.map((file) => [file.location, file])).values()];
}

/** What is wrong with a file as a whole is found by whoever reads it. */
function distinctProblems(problems: readonly FileProblem[]): readonly FileProblem[] {
	return [...new Map(problems.map((problem) => [problemText(problem), problem])).values()];
}

function namesOf({ entries }: Actions): readonly string[] {
	return entries.map(({ name }) => name);
}

const prefix = 'playbook:';

function catalogOf({ config }: Loaded, all: Actions): Catalog {
	const names = namesOf(all);
	return {
		actions: names,
		playbooks: names.flatMap((name) =>
			name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
		),
		destinations: Object.keys(config.notify),
		check(name, params) {
			// A name that is bound to nothing is a problem of its own.
			if (!all.has(name)) return;
			const { action, params: bound } = all.find(name);
			action.parse({ ...params, ...bound });
		},
	};
}
