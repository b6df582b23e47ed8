import type { Check } from '../../core/block.ts';
import { brief, get, isMap, name, number, pairs, size, text } from '../values.ts';

/** States that ran together, on one minion or as one orchestration. */
export type StateGroup = { readonly title: string; readonly states: readonly State[] };

export type State = {
	/** `file.managed` */
	readonly fun: string;
	readonly name: string;
	/** null: it would change something, were this no test. */
	readonly result: unknown;
	readonly comment: string;
	readonly changes: unknown;
	/** Old masters send text: `5.4 ms`. */
	readonly durationMs: number | undefined;
	readonly order: number;
};

/** How deep below a return states may stand: an orchestration's are in `data`, then under the master's id. */
const stateDepth = 3;

/** The states within a return: a highstate's, an orchestration's, and those that an orchestration's had run. */
export function statesIn(value: unknown, title = '', depth = stateDepth): readonly StateGroup[] {
	if (depth === 0 || !isMap(value)) return [];
	const states: State[] = [];
	const below: StateGroup[] = [];
	for (const [key, item] of pairs(value)) {
		if (!isMap(item)) continue;
		if (typeof key === 'string' && key.includes('_|-')) {
			const state = stateOf(item, key);
			states.push(state);
			below.push(...ranElsewhere(state));
		} else below.push(...statesIn(item, name(key), depth - 1));
	}
	return states.length === 0 ? below : [{ title, states: inOrder(states) }, ...below];
}

/** One state's result, with what its key in a highstate says about it. */
export function stateOf(value: unknown, key = ''): State {
	const [module = '', id, keyName, fun = ''] = key.split('_|-');
	return {
		fun: fun === '' ? (text(get(value, '__sls__')) ?? 'state') : `${module}.${fun}`,
		name: text(get(value, 'name')) ?? keyName ?? id ?? '',
		result: get(value, 'result'),
		comment: commentOf(get(value, 'comment')),
		changes: get(value, 'changes'),
		durationMs: number(get(value, 'duration')),
		order: number(get(value, '__run_num__')) ?? 0,
	};
}

/** An orchestration's state holds the highstates of the minions it ran on. */
function ranElsewhere(state: State): readonly StateGroup[] {
	const returns = get(state.changes, 'ret');
	return pairs(returns).flatMap(([minion, item]) =>
		statesIn(item, `${state.name} on ${name(minion)}`, 1),
	);
}

function commentOf(comment: unknown): string {
	return Array.isArray(comment)
		? comment.map((line) => brief(line)).join('; ')
		: (text(comment) ?? '');
}

function inOrder(states: readonly State[]): readonly State[] {
	return states.toSorted((one, other) => rank(one) - rank(other) || one.order - other.order);
}

/** Causes first, then what they kept from running, then changes, then what is fine. */
function rank(state: State): number {
	if (state.result === false) return isConsequence(state) ? 1 : 0;
	if (state.result === null) return 2;
	return size(state.changes) > 0 ? 3 : 4;
}

function isConsequence({ comment }: State): boolean {
	return comment.startsWith('One or more requisite');
}

/** A state as a line of the checks. */
export function checkOf(state: State): Check {
	const { fun, name, comment, durationMs, changes } = state;
	return {
		mark: markOf(state),
		fun,
		name,
		comment,
		...(durationMs !== undefined && { durationMs }),
		...(size(changes) > 0 && { details: changes }),
	};
}

function markOf(state: State): Check['mark'] {
	if (state.result === false) return 'failed';
	if (state.result === null) return 'pending';
	return size(state.changes) > 0 ? 'changed' : 'ok';
}

const words = { failed: 'failed', pending: 'would change', changed: 'changed', ok: 'ok' } as const;

/** `3 failed, 1 changed, 41 ok` */
export function tally(states: readonly State[], between = ', '): string {
	const marks = states.map(markOf);
	return (['failed', 'pending', 'changed', 'ok'] as const)
		.map((mark) => [marks.filter((other) => other === mark).length, words[mark]] as const)
		.filter(([count]) => count > 0)
		.map(([count, what]) => `${count} ${what}`)
		.join(between);
}

export function failedCount(groups: readonly StateGroup[]): number {
	return groups.flatMap(({ states }) => states).filter(({ result }) => result === false).length;
}

/** What failed first of itself, for one line; undefined where nothing did. */
export function firstCause(groups: readonly StateGroup[]): string | undefined {
	const failed = groups.flatMap(({ states }) => states).filter(({ result }) => result === false);
	const cause = failed.find((state) => !isConsequence(state)) ?? failed[0];
	return cause && brief(`${cause.fun} ${cause.name}: ${cause.comment}`);
}

/** How long all of it took, in seconds as text. */
export function seconds(states: readonly State[]): string | undefined {
	const sum = states.reduce((total, { durationMs }) => total + (durationMs ?? 0), 0);
	return sum > 0 ? `${(sum / 1000).toFixed(sum < 10_000 ? 2 : 1)} s` : undefined;
}
