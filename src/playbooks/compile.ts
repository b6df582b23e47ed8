import { contentHash } from '../codec/canonical.ts';
import { type Definition, issueProblems } from '../codec/definitions.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { didYouMean } from '../core/nearest.ts';
import { highest, type Tier } from '../core/tier.ts';
import { compileFilling, type Filling, FillingError } from '../template/filling.ts';
import type { Path } from '../template/path.ts';
import { earlyNames, lateNames } from './names.ts';
import type { Entry, FindAction, Item, Leaf, Playbook } from './playbook.ts';
import { leavesOf } from './playbook.ts';
import {
	type ApproveSpec,
	type ParallelSpec,
	type PlaybookSpec,
	playbookKeys,
	playbookSchema,
	type StepSpec,
	stepSchemaOf,
} from './schema.ts';

/** A playbook from a file's item, or all that is wrong with it. `names` are the actions there are. */
export function compilePlaybook(
	definition: Definition,
	find: FindAction,
	names: readonly string[],
): { readonly playbook?: Playbook; readonly problems: readonly FileProblem[] } {
	const parsed = playbookSchema.safeParse(definition.value);
	if (!parsed.success) {
		return { problems: issueProblems(definition, parsed.error.issues, playbookKeys) };
	}
	const compiler = new Compiler(definition, parsed.data, find, names);
	const playbook = compiler.playbook();
	return compiler.problems.length > 0
		? { problems: compiler.problems }
		: { playbook, problems: [] };
}

const tiers: Readonly<Record<string, Tier>> = { T0: 0, T1: 1, T2: 2, T3: 3, T4: 4 };

class Compiler {
	readonly problems: FileProblem[] = [];
	readonly #definition: Definition;
	readonly #spec: PlaybookSpec;
	readonly #find: FindAction;
	readonly #actions: readonly string[];
	readonly #ids = new Set<string>();
	/** Names that steps publish which run in one go with what comes next. */
	readonly #published = new Set<string>();
	/** Names that steps before an approval publish: known when the rest is planned. */
	readonly #settled = new Set<string>();

	constructor(
		definition: Definition,
		spec: PlaybookSpec,
		find: FindAction,
		actions: readonly string[],
	) {
		this.#definition = definition;
		this.#spec = spec;
		this.#find = find;
		this.#actions = actions;
	}

	playbook(): Playbook {
		const { name, title, input, vars, steps } = this.#spec;
		const compiledVars = Object.entries(vars).map(
			([key, value]) => [key, this.#filling(value, ['vars', key], [])] as const,
		);
		const items = steps.flatMap((raw, index) => this.#item(raw, ['steps', index]) ?? []);
		const last = this.#spec.finally.flatMap(
			(step, index) => this.#leaf(step, ['finally', index]) ?? [],
		);
		this.#checkGoto(items);
		this.#checkLast(last);
		const leaves = [...items.flatMap(leavesOf), ...last];
		const undoable = leaves.flatMap(({ undo }) => (typeof undo === 'object' ? [undo.entry] : []));
		return {
			name,
			title: title ?? name,
			version: versionOf(this.#definition.value),
			inputs: input,
			vars: new Map(compiledVars),
			items,
			last,
			tier: highest(
				...[...leaves.map((leaf) => leaf.entry), ...undoable].map((entry) => entry.tier),
			),
		};
	}

	#item(raw: unknown, path: Path): Item | undefined {
		const parsed = stepSchemaOf(raw).safeParse(raw);
		if (!parsed.success) {
			const issues = parsed.error.issues.map((issue) => ({
				...issue,
				path: [...path, ...issue.path],
			}));
			this.problems.push(...issueProblems(this.#definition, issues, playbookKeys));
			return undefined;
		}
		const step = parsed.data;
		if ('parallel' in step) return this.#group(step, path);
		if ('approve' in step) return this.#ask(step, path);
		return this.#leaf(step, path);
	}

	#group({ id, parallel, concurrency, join, on_error }: ParallelSpec, path: Path): Item {
		this.#named(id, path);
		const leaves = parallel.flatMap(
			(step, index) => this.#leaf(step, [...path, 'parallel', index]) ?? [],
		);
		const needed = join === 'all' ? parallel.length : Math.min(join, parallel.length);
		return { kind: 'parallel', id, leaves, concurrency, needed, onError: on_error };
	}

	#ask({ id, approve }: ApproveSpec, path: Path): Item {
		this.#named(id, path);
		const prompt = this.#filling(approve.prompt, [...path, 'approve', 'prompt'], []);
		for (const name of this.#published) this.#settled.add(name);
		this.#published.clear();
		return { kind: 'approve', id, prompt, people: approve.need, expiresMs: approve.expires };
	}

	#leaf(step: StepSpec, path: Path): Leaf | undefined {
		this.#named(step.id, path);
		const own = step.foreach === undefined ? [] : [step.as];
		const entry = this.#entry(step.action, [...path, 'action']);
		const params = this.#filling(step.with, [...path, 'with'], own);
		const list =
			step.foreach === undefined
				? undefined
				: this.#filling(step.foreach, [...path, 'foreach'], []);
		const undo = this.#undo(step, path, own);
		const when = this.#optional(step.when, [...path, 'when'], own);
		const retryWhen = this.#optional(step.retry?.when, [...path, 'retry', 'when'], own);
		const isLate = [params, ...(list ? [list] : [])].some((filling) => this.#isLate(filling));
		const publish = this.#publish(step, path);
		if (entry === undefined) return undefined;
		const raised = { ...entry, tier: highest(entry.tier, tiers[step.tier ?? 'T0']) };
		if (isLate && raised.tier > 1) this.#object(path, lateSays(step.id, raised.tier));
		return {
			kind: 'action',
			id: step.id,
			name: step.action,
			entry: raised,
			params,
			when,
			foreach: list && { list, as: step.as, concurrency: step.concurrency },
			timeoutMs: step.timeout,
			retry: step.retry && { count: step.retry.count, delayMs: step.retry.delay, when: retryWhen },
			onError: step.on_error,
			publish,
			undo,
			isLate,
			isWhenLate: when !== undefined && this.#isLate(when),
		};
	}

	#undo({ undo }: StepSpec, path: Path, own: readonly string[]): Leaf['undo'] {
		if (undo === undefined || undo === 'none') return undo;
		const entry = this.#entry(undo.action, [...path, 'undo', 'action']);
		const params = this.#filling(undo.with, [...path, 'undo', 'with'], own);
		if (this.#isLate(params)) {
			this.#object(
				[...path, 'undo'],
				'a way back is planned with its step: it reads nothing of other steps',
			);
		}
		return entry && { name: undo.action, entry, params };
	}

	#publish({ foreach, publish }: StepSpec, path: Path): ReadonlyMap<string, Filling> {
		const entries = Object.entries(publish).map(([name, value]) => {
			const filling = this.#filling(value, [...path, 'publish', name], []);
			return [name, filling] as const;
		});
		if (foreach !== undefined && entries.length > 0) {
			this.#object(
				[...path, 'publish'],
				'a step with foreach publishes nothing: it has many results',
			);
		}
		for (const [name] of entries) this.#published.add(name);
		return new Map(entries);
	}

	#entry(name: string, path: Path): Entry | undefined {
		const entry = this.#find(name);
		if (entry === undefined) {
			this.#object(path, `there is no action ${name}${didYouMean(name, this.#actions)}`);
		}
		return entry;
	}

	#optional(source: string | undefined, path: Path, own: readonly string[]): Filling | undefined {
		return source === undefined ? undefined : this.#filling(source, path, own);
	}

	/** A value whose templates read only names there are. */
	#filling(value: unknown, path: Path, own: readonly string[]): Filling {
		const known = [
			...this.#spec.input.map(({ name }) => name),
			...Object.keys(this.#spec.vars),
			...earlyNames,
			...lateNames,
			...this.#published,
			...this.#settled,
			...own,
		];
		try {
			const filling = compileFilling(value, path);
			const stray = filling.reads.find(([root]) => !known.includes(String(root)));
			if (stray !== undefined) {
				const name = String(stray[0]);
				this.#object(path, `nothing here is called ${name}${didYouMean(name, known)}`);
			}
			return filling;
		} catch (thrown) {
			if (!(thrown instanceof Failure)) throw thrown;
			this.#object(thrown instanceof FillingError ? thrown.path : path, reasonOf(thrown));
			return compileFilling('');
		}
	}

	#isLate({ reads }: Filling): boolean {
		const late: readonly string[] = [...lateNames, ...this.#published];
		return reads.some(([root]) => late.includes(String(root)));
	}

	#named(id: string, path: Path): void {
		if (this.#ids.has(id)) this.#object([...path, 'id'], `${id} is the name of two steps`);
		this.#ids.add(id);
	}

	/** A jump leads forward, to a step of the playbook itself: so every playbook ends. */
	#checkGoto(items: readonly Item[]): void {
		for (const [index, item] of items.entries()) {
			const inner = item.kind === 'parallel' ? item.leaves : [];
			const bad = inner.find(({ onError }) => typeof onError === 'object');
			if (bad)
				this.#object(['steps', index], `${bad.id} stands in a group: the group may say goto`);
			if (item.kind === 'approve' || typeof item.onError !== 'object') continue;
			const { goto } = item.onError;
			const later = items.slice(index + 1).map(({ id }) => id);
			if (!later.includes(goto)) {
				const says = `goto leads to no later step called ${goto}${didYouMean(goto, later)}`;
				this.#object(['steps', index, 'on_error'], says);
			}
		}
	}

	/** The last steps run after a refusal and a kill too: nobody's yes is behind them then. */
	#checkLast(last: readonly Leaf[]): void {
		for (const [index, { id, entry }] of last.entries()) {
			if (entry.tier <= 1) continue;
			this.#object(['finally', index], `${id} is T${entry.tier}: a last step may be of T1 at most`);
		}
	}

	#object(path: Path, says: string): void {
		this.problems.push(this.#definition.problem(path, `${this.#spec.name}: ${says}`));
	}
}

/** A whole number for what the file says: a plan of another text is not run by this one. */
function versionOf(value: unknown): number {
	return Number.parseInt(contentHash(value).slice(0, 8), 16);
}

function lateSays(id: string, tier: Tier): string {
	return `${id} is T${tier} and reads what earlier steps give: it could not be shown before it runs; put an approve step before it, or give it inputs`;
}
