import { contentHash } from '../codec/canonical.ts';
import { type Definition, issueProblems } from '../codec/definitions.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { didYouMean } from '../core/nearest.ts';
import { highest, type Tier } from '../core/tier.ts';
import type { Filling } from '../template/filling.ts';
import type { Path } from '../template/path.ts';
import { checkJumps, checkLast } from './order.ts';
import type { Entry, FindAction, Item, Leaf, Playbook } from './playbook.ts';
import { leavesOf } from './playbook.ts';
import { Readings } from './readings.ts';
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
	readonly #read: Readings;

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
		this.#read = new Readings(spec, (path, says) => this.#object(path, says));
	}

	playbook(): Playbook {
		const { name, title, input, vars, steps } = this.#spec;
		const compiledVars = Object.entries(vars).map(([key, value]) => {
			const filling = this.#read.filling(value, ['vars', key]);
			if (this.#read.isLate(filling)) this.#object(['vars', key], 'vars are made of inputs only');
			return [key, filling] as const;
		});
		const items = steps.flatMap((raw, index) => this.#item(raw, ['steps', index]) ?? []);
		const last = this.#spec.finally.flatMap(
			(step, index) => this.#leaf(step, ['finally', index]) ?? [],
		);
		const object = (path: Path, says: string) => this.#object(path, says);
		checkJumps(items, object);
		checkLast(last, object);
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
		const prompt = this.#read.filling(approve.prompt, [...path, 'approve', 'prompt']);
		this.#read.pause();
		return { kind: 'approve', id, prompt, people: approve.need, expiresMs: approve.expires };
	}

	#leaf(step: StepSpec, path: Path): Leaf | undefined {
		this.#named(step.id, path);
		const own = step.foreach === undefined ? [] : [step.as];
		const entry = this.#entry(step.action, [...path, 'action']);
		const params = this.#read.filling(step.with, [...path, 'with'], own);
		const list =
			step.foreach === undefined
				? undefined
				: this.#read.filling(step.foreach, [...path, 'foreach']);
		const undo = this.#undo(step, path, own);
		const when = this.#read.optional(step.when, [...path, 'when'], own);
		const retryWhen = this.#read.optional(step.retry?.when, [...path, 'retry', 'when'], own);
		const isLate = [params, ...(list ? [list] : [])].some((filling) => this.#read.isLate(filling));
		const publish = this.#publish(step, path);
		if (entry === undefined) return undefined;
		const least = tiers[step.tier ?? 'T0'];
		const tier = highest(entry.tier, least);
		if (isLate && tier > 1) this.#object(path, lateSays(step.id, tier));
		return {
			kind: 'action',
			id: step.id,
			name: step.action,
			entry: { ...entry, tier, raised: highest(entry.raised, least) },
			params,
			when,
			foreach: list && { list, as: step.as, concurrency: step.concurrency },
			timeoutMs: step.timeout,
			retry: step.retry && { count: step.retry.count, delayMs: step.retry.delay, when: retryWhen },
			onError: step.on_error,
			publish,
			undo,
			isLate,
			isWhenLate: when !== undefined && this.#read.isLate(when),
		};
	}

	#undo({ undo }: StepSpec, path: Path, own: readonly string[]): Leaf['undo'] {
		if (undo === undefined || undo === 'none') return undo;
		const entry = this.#entry(undo.action, [...path, 'undo', 'action']);
		const params = this.#read.filling(undo.with, [...path, 'undo', 'with'], own);
		if (this.#read.isLate(params)) {
			this.#object(
				[...path, 'undo'],
				'a way back is planned with its step: it reads nothing of other steps',
			);
		}
		return entry && { name: undo.action, entry, params };
	}

	#publish({ foreach, publish }: StepSpec, path: Path): ReadonlyMap<string, Filling> {
		const entries = Object.entries(publish).map(([name, value]) => {
			const filling = this.#read.filling(value, [...path, 'publish', name]);
			return [name, filling] as const;
		});
		if (foreach !== undefined && entries.length > 0) {
			this.#object(
				[...path, 'publish'],
				'a step with foreach publishes nothing: it has many results',
			);
		}
		for (const [name] of entries) this.#read.publish(name);
		return new Map(entries);
	}

	#entry(name: string, path: Path): Entry | undefined {
		const entry = this.#find(name);
		if (entry === undefined) {
			this.#object(path, `there is no action ${name}${didYouMean(name, this.#actions)}`);
		}
		return entry;
	}

	#named(id: string, path: Path): void {
		if (this.#ids.has(id)) this.#object([...path, 'id'], `${id} is the name of two steps`);
		this.#ids.add(id);
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
