import { contentHash } from '../codec/canonical.ts';
import { type Definition, issueProblems } from '../codec/definitions.ts';
import type { CompiledFilter, Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { didYouMean } from '../core/nearest.ts';
import { celTest } from '../filter/cel.ts';
import { celParts } from '../filter/cel-parts.ts';
import { compileFilter } from '../filter/compile.ts';
import { FilterError } from '../filter/filter-error.ts';
import { holds } from '../filter/holds.ts';
import { partsOf } from '../filter/parts.ts';
import { compileFilling, type Filling, FillingError } from '../template/filling.ts';
import type { Path } from '../template/path.ts';
import type { Catalog } from './catalog.ts';
import { type RuleSpec, ruleKeys, ruleSchema } from './schema.ts';

/** One thing a rule asks of an event. */
type Criterion = { readonly says: string; test(event: Decoded): boolean };

/** One thing a rule wants, its parameters to be filled. */
export type Ask = {
	readonly use: 'suggest' | 'notify';
	readonly action: string;
	readonly expiresMs: number;
	readonly params: Filling;
};

export type Rule = {
	readonly id: string;
	/** The first 6 hex digits of the hash of what it says; its samples say nothing. */
	readonly version: string;
	/** `rules/falco.yaml:3:1`. */
	readonly origin: string;
	readonly spec: RuleSpec;
	readonly filter: CompiledFilter;
	/** The parts of `match`, then those of `when`: all must hold. */
	readonly criteria: readonly Criterion[];
	readonly when: ((event: Decoded) => boolean) | undefined;
	readonly asks: readonly Ask[];
};

/** A rule from a file's item, or all that is wrong with it. `now` is what `since:` in a filter counts from. */
export function compileRule(
	definition: Definition,
	catalog: Catalog,
	now: number,
): { readonly rule?: Rule; readonly problems: readonly FileProblem[] } {
	const parsed = ruleSchema.safeParse(definition.value);
	if (!parsed.success) {
		return { problems: issueProblems(definition, parsed.error.issues, ruleKeys) };
	}
	const spec = parsed.data;
	const problems: FileProblem[] = unknownNames(definition, spec, catalog);
	const attempt = <T>(path: Path, make: () => T): T | undefined => {
		try {
			return make();
		} catch (thrown) {
			problems.push(problemOf(definition, path, thrown));
			return undefined;
		}
	};
	const filter = attempt(['match'], () => compileFilter(spec.match, now));
	const when = attempt(['when'], () => conditionOf(spec.when, now));
	const asks = attempt([], () => asksOf(spec));
	if (problems.length > 0 || !filter || !asks) return { problems };
	const { file, line, column } = definition.problem([], '');
	const { samples: _samples, ...canonical } = spec;
	const rule = {
		id: spec.id,
		version: contentHash({ ...canonical, match: filter.text }).slice(0, 6),
		origin: `${file}:${line}:${column}`,
		spec,
		filter,
		when,
		criteria: [...matchCriteria(spec.match, now), ...whenCriteria(spec.when, now)],
		asks,
	};
	return { rule, problems };
}

function conditionOf(
	source: string | undefined,
	now: number,
): ((event: Decoded) => boolean) | undefined {
	return source === undefined ? undefined : celTest(source, 0, { text: source, now });
}

function matchCriteria(match: string, now: number): readonly Criterion[] {
	return partsOf(match).map(({ text }) => {
		const { criterion } = compileFilter(text, now);
		return { says: text, test: (event) => holds(criterion, event) };
	});
}

function whenCriteria(when: string | undefined, now: number): readonly Criterion[] {
	if (when === undefined) return [];
	return celParts(when).map((part) => ({
		says: part,
		test: celTest(part, 0, { text: part, now }),
	}));
}

function asksOf({ suggest, notify, expires }: RuleSpec): readonly Ask[] {
	return [
		...suggest.map(({ action, playbook, with: params, expires: own }, index) => ({
			use: 'suggest' as const,
			action: action ?? `playbook:${playbook}`,
			expiresMs: own ?? expires,
			params: compileFilling(params, ['suggest', index, 'with']),
		})),
		...notify.map(({ to, ...params }, index) => ({
			use: 'notify' as const,
			action: to,
			expiresMs: expires,
			params: compileFilling(params, ['notify', index]),
		})),
	];
}

function unknownNames(definition: Definition, spec: RuleSpec, catalog: Catalog): FileProblem[] {
	const problems: FileProblem[] = [];
	const expect = (path: Path, what: string, name: string, known: readonly string[]) => {
		if (known.includes(name)) return;
		problems.push(
			definition.problem(path, `there is no ${what} ${name}${didYouMean(name, known)}`, 0),
		);
	};
	for (const [index, { action, playbook }] of spec.suggest.entries()) {
		if (action !== undefined)
			expect(['suggest', index, 'action'], 'action', action, catalog.actions);
		if (playbook !== undefined) {
			expect(['suggest', index, 'playbook'], 'playbook', playbook, catalog.playbooks);
		}
	}
	for (const [index, { to }] of spec.notify.entries()) {
		expect(['notify', index, 'to'], 'destination', to, catalog.destinations);
	}
	if (spec.escalate) {
		expect(['escalate', 'to'], 'destination', spec.escalate.to, catalog.destinations);
	}
	return problems;
}

/** What a filter, a condition or a template cannot be, at its place in the file. */
function problemOf(definition: Definition, path: Path, thrown: unknown): FileProblem {
	const says = reasonOf(thrown);
	if (thrown instanceof FilterError) {
		const name = String(path[0]);
		const told = says.replace(/^filter, column \d+/u, name);
		return { ...definition.problem(path, told, thrown.column - 1), caret: thrown.caret };
	}
	if (!(thrown instanceof FillingError)) return definition.problem(path, says, 0);
	const { at } = thrown;
	if (at?.line !== 1) return definition.problem(thrown.path, says, 0);
	return definition.problem(thrown.path, says.replace(/, column \d+/u, ''), at.column - 1);
}
