import * as registry from '../actions/registry.ts';
import type { Loaded } from '../config/load.ts';
import type { Action } from '../core/action.ts';
import type { FileProblem } from '../core/file-problem.ts';
import type { JsonObject } from '../core/plan.ts';
import { highest, type Tier } from '../core/tier.ts';
import { playbookActions } from '../playbooks/actions.ts';
import { compilePlaybooks } from '../playbooks/compile-playbooks.ts';
import type { Entry } from '../playbooks/playbook.ts';
import type { Catalog } from '../rules/catalog.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Book, BookSetup } from '../rules/rule-book.ts';
import { asObject } from '../template/as-json.ts';
import { definitionFiles, type FoundFile } from './definition-files.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type RulesInForce = {
	readonly book: Book;
	readonly catalog: Catalog;
	/** Playbooks as actions, beside those of the registry. */
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
	const files = [
		...new Map([...rules.files, ...playbooks.files].map((file) => [file.location, file])).values(),
	];
	const entries = entriesOf(loaded);
	const compiled = compilePlaybooks(files, (name) => entries.get(name), [...entries.keys()]);
	const actions = playbookActions(compiled.playbooks, (name) => entries.get(name));
	const catalog = catalogOf(loaded, entries, actions);
	const { book, problems } = compileRules(rules.files, catalog, now, setup);
	return {
		book,
		catalog,
		playbooks: actions,
		files,
		problems: [...rules.problems, ...playbooks.problems, ...compiled.problems, ...problems],
	};
}

const tiers: Readonly<Record<string, Tier>> = { T0: 0, T1: 1, T2: 2, T3: 3, T4: 4 };

/** The actions a step or a rule may name: kinds, and the configuration's own names. */
function entriesOf({ config }: Loaded): ReadonlyMap<string, Entry> {
	const actions: readonly Action[] = Object.values(registry);
	const raised = (name: string): Tier => tiers[config.policy.tiers[name] ?? 'T0'] ?? 0;
	const entry = (action: Action, params: JsonObject, ...others: readonly Tier[]): Entry => {
		const tier = highest(action.tier, raised(action.kind), ...others);
		return { action, params, tier };
	};
	const entries = new Map(actions.map((action) => [action.kind, entry(action, {})]));
	for (const [name, { kind, tier, ...params }] of Object.entries(config.actions)) {
		const action = actions.find((one) => one.kind === kind);
		if (action) entries.set(name, entry(action, asObject(params), tiers[tier ?? 'T0'] ?? 0));
	}
	return entries;
}

function catalogOf(
	{ config }: Loaded,
	entries: ReadonlyMap<string, Entry>,
	playbooks: readonly Action[],
): Catalog {
	const kinds = new Map(playbooks.map((action) => [action.kind, action]));
	return {
		actions: [...entries.keys()],
		playbooks: [...kinds.keys()].map((kind) => kind.replace(/^playbook:/u, '')),
		destinations: Object.keys(config.notify),
		check(name, params) {
			const destination = config.notify[name];
			const entry = entries.get(destination?.kind ?? name);
			const action = entry?.action ?? kinds.get(name);
			action?.parse({ ...params, ...entry?.params, ...(destination && { to: name }) });
		},
	};
}
