import type { Block } from '../../core/block.ts';
import { brief, get, list, number, pairs, scalars, size, text } from '../values.ts';
import type { SaltEvent, Teller } from './event.ts';
import {
	checkOf,
	failedCount,
	firstCause,
	type StateGroup,
	seconds,
	stateOf,
	statesIn,
	tally,
} from './states.ts';

/** What runs: published jobs, what minions return, and the states on the way. */

const newJob: Teller = {
	who: ({ payload }) => text(get(payload, 'user')),
	summary({ payload }) {
		const minions = get(payload, 'minions');
		const missing = size(get(payload, 'missing'));
		const reach = Array.isArray(minions) ? ` (${countOf(minions.length, 'minion')}` : '';
		const rest = missing > 0 ? `, missing ${missing})` : ')';
		return `${call(payload)} on ${brief(get(payload, 'tgt') ?? '?')}${reach && reach + rest}`;
	},
};

const publish: Teller = { ...newJob, summary: (event) => `published: ${newJob.summary(event)}` };

/** The oldest form: the tag is the job's id alone, with whom it went to or with what one of them returned. */
const published: Teller = {
	summary: (event) =>
		get(event.payload, 'return') === undefined
			? `published to ${countOf(size(get(event.payload, 'minions')), 'minion')}`
			: jobReturn.summary(event),
	failed: (event) => jobReturn.failed?.(event),
	blocks: (event) =>
		get(event.payload, 'return') === undefined ? [] : (jobReturn.blocks?.(event) ?? []),
};

const jobReturn: Teller = {
	summary({ payload }) {
		const groups = statesIn(get(payload, 'return'));
		const result =
			groups.length > 0
				? `${tally(groups.flatMap(({ states }) => states))}${causeOf(groups)}`
				: brief(get(payload, 'return') ?? null);
		return `${headline(payload)}: ${result}`;
	},
	failed({ payload }) {
		return failedCount(statesIn(get(payload, 'return'))) || undefined;
	},
	blocks(event) {
		const groups = statesIn(get(event.payload, 'return'));
		if (groups.length === 0) return [headingOf(event), ...returned(get(event.payload, 'return'))];
		return [headingOf(event, groups), ...groups.flatMap(groupBlocks)];
	},
};

const progress: Teller = {
	summary({ tag, payload }) {
		const state = stateOf(get(payload, 'ret'));
		const total = number(get(payload, 'len'));
		const position = (number(tag.parts[5]) ?? 0) + 1;
		return `state ${position}${total === undefined ? '' : ` of ${total}`}: ${stateLine(state)}`;
	},
	failed: ({ payload }) => (get(get(payload, 'ret'), 'result') === false ? 1 : undefined),
	blocks: ({ payload }) => [{ type: 'checks', checks: [checkOf(stateOf(get(payload, 'ret')))] }],
};

const stateResult: Teller = {
	...progress,
	summary: ({ tag, payload }) =>
		`${tag.parts.slice(4).join('/')}: ${stateLine(stateOf(get(payload, 'ret')))}`,
};

/** Runners and wheels tell when they start and how they end. */
const runner: Teller = {
	who: ({ payload }) => text(get(payload, 'user')),
	summary(event) {
		const step = event.tag.parts[3];
		if (step === 'ret') return jobReturn.summary(event);
		return step === 'new'
			? `${call(event.payload)} started`
			: `${step ?? ''} ${call(event.payload)}`;
	},
	failed: (event) => (event.tag.parts[3] === 'ret' ? jobReturn.failed?.(event) : undefined),
	blocks: (event) => (event.tag.parts[3] === 'ret' ? (jobReturn.blocks?.(event) ?? []) : []),
};

const batch: Teller = {
	who: ({ payload }) => text(get(payload, 'user')),
	summary({ tag, payload }) {
		const { done, all, failed } = batchCounts(payload);
		const failures = failed > 0 ? `, ${failed} failed` : '';
		return `batch ${tag.parts[3] ?? ''}: ${done} of ${all} done${failures}: ${call(payload)}`;
	},
	failed: ({ payload }) => batchCounts(payload).failed || undefined,
};

export const jobTellers = {
	newJob,
	publish,
	published,
	jobReturn,
	progress,
	stateResult,
	runner,
	batch,
};

function batchCounts(payload: unknown): { done: number; all: number; failed: number } {
	const state = get(payload, 'state');
	const [done, failed] = [size(get(state, 'done')), size(get(state, 'failed'))];
	const waiting = size(get(state, 'pending')) + size(get(state, 'active'));
	const all = list(get(state, 'all_minions')).length;
	return { done, failed, all: all > 0 ? all : done + failed + waiting };
}

/** `cmd.run uptime` */
function call(payload: unknown): string {
	const args = get(payload, 'fun_args') ?? get(payload, 'arg');
	const fun = text(get(payload, 'fun')) ?? text(get(payload, 'name')) ?? '?';
	return brief([fun, ...list(args).map(argument)].join(' '));
}

/** Keywords arrive as a map among the arguments, marked as such. */
function argument(value: unknown): string {
	if (get(value, '__kwarg__') === undefined) return brief(value);
	return scalars(value, (key) => key === '__kwarg__');
}

/** `state.apply rc=2` */
function headline(payload: unknown): string {
	const retcode = get(payload, 'retcode');
	const isZero = retcode === undefined || retcode === null || number(retcode) === 0;
	const fun = text(get(payload, 'fun')) ?? 'return';
	if (!isZero) return `${fun} rc=${brief(retcode)}`;
	return isFalse(get(payload, 'success')) ? `${fun} failed` : fun;
}

function isFalse(success: unknown): boolean {
	return success === false || text(success)?.toLowerCase() === 'false';
}

function hasFailed(payload: unknown, groups: readonly StateGroup[]): boolean {
	const fun = text(get(payload, 'fun')) ?? 'return';
	return headline(payload) !== fun || failedCount(groups) > 0;
}

function headingOf({ payload, host }: SaltEvent, groups: readonly StateGroup[] = []): Block {
	const isFailure = hasFailed(payload, groups);
	const states = groups.flatMap((group) => group.states);
	const where = host === undefined ? '' : ` on ${host}`;
	const right = [tally(states, ' · '), seconds(states)].filter((part) => part).join(' · ');
	return {
		type: 'heading',
		text: `${headline(payload)}${where} ${isFailure ? 'FAILED' : 'ok'}`,
		tone: isFailure ? 'bad' : 'good',
		...(right !== '' && { right }),
	};
}

function groupBlocks({ title, states }: StateGroup, index: number): readonly Block[] {
	const checks: Block = { type: 'checks', checks: states.map(checkOf) };
	if (index === 0 && title === '') return [checks];
	return [{ type: 'heading', text: title, right: tally(states, ' · '), tone: 'muted' }, checks];
}

/** What came back, in the form that reads best. */
function returned(value: unknown): readonly Block[] {
	if (value === undefined) return [];
	const output = text(value);
	if (output !== undefined) return [{ type: 'text', text: output }];
	if (Array.isArray(value) && value.every((line) => typeof line === 'string')) {
		return value.map((line) => ({ type: 'text', text: line }));
	}
	return pairs(value).length > 0
		? [{ type: 'tree', label: 'return', value }]
		: [{ type: 'text', text: brief(value) }];
}

function stateLine(state: ReturnType<typeof stateOf>): string {
	const { mark, comment } = checkOf(state);
	const end = mark === 'failed' && comment !== '' ? `: ${comment}` : '';
	return brief(`${state.name} ${mark}${end}`);
}

function causeOf(groups: readonly StateGroup[]): string {
	const cause = firstCause(groups);
	return cause === undefined ? '' : ` · ${cause}`;
}

function countOf(count: number, what: string): string {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}
