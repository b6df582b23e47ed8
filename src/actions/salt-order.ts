import * as z from 'zod';
import { hasUnseen } from '../codec/escape.ts';
import { Doubt, type Progress, Refusal } from '../core/action.ts';
import { durationOf } from '../core/duration.ts';
import { Failure } from '../core/errors.ts';
import type { Deed, Plan, Target } from '../core/plan.ts';
import type { MinionOrder, SaltJob, SaltReturn, SaltTool } from '../core/salt-tool.ts';
import { shellLine } from '../core/shell-words.ts';
import type { Tools } from '../core/tools.ts';
import { minionWords } from './salt-arguments.ts';
import { detailsOf, toldOf } from './salt-returns.ts';

/** A function as Salt names them: `service.restart`. */
const functionName = z
	.string()
	.max(128)
	.regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/u, 'a function is MODULE.FUNCTION');

/** Salt itself, on the master and again on the minion, reads such a text as a keyword, whoever wrote it. */
const isKeyword = /^[\p{L}_][\p{L}\p{N}_.-]*=(?!=)/u;
const argument = z
	.json()
	.refine(
		(value) => typeof value !== 'string' || !isKeyword.test(value),
		'Salt would read NAME=VALUE as a keyword: say it under kwargs',
	);
const keyword = z.string().regex(/^[A-Za-z_][\w.-]*$/u, 'a keyword is a word');
export const callShape = {
	fun: functionName,
	args: z.array(argument).max(64).default([]),
	kwargs: z.record(keyword, z.json()).default({}),
};

export const targetShape = {
	/** In Salt's own words: `web12`, `web*`. */
	target: z
		.string()
		.min(1)
		.max(4096)
		.refine((text) => !hasUnseen(text) && !text.includes('\n'), 'a target is plain text'),
	target_type: z.enum(['glob', 'list', 'compound', 'grain', 'nodegroup']).default('glob'),
};

/** How long returns are waited for: `60s`. */
export function timeoutOf(usual: string) {
	const isDuration = (text: string) => durationOf(text) !== undefined;
	return z.string().default(usual).refine(isDuration, 'is no duration: say it as in 60s or 5m');
}

export function millisecondsOf(duration: string): number {
	return durationOf(duration) ?? 0;
}

type Aim = {
	readonly target: string;
	readonly target_type: z.infer<typeof targetShape.target_type>;
};
type Call = Pick<MinionOrder, 'fun' | 'args' | 'kwargs'>;

/** The minions a target names now, as pinned targets: only these are called, whoever else fits a moment later. */
export async function pinnedMinions(
	{ target, target_type }: Aim,
	salt: SaltTool,
	stop: AbortSignal,
): Promise<readonly Target[]> {
	const minions = [...(await salt.match(target, target_type, stop))].sort();
	if (minions.length === 0) {
		throw new Refusal(`no accepted minion matches ${target} (by ${salt.how})`);
	}
	return minions.map((minion) => ({ name: minion, pins: { minion } }));
}

export function orderFor(targets: readonly Target[], call: Call): MinionOrder {
	const target = targets.map(({ name }) => name).join(',');
	return { ...call, target, targetType: 'list' };
}

/** What of a deed is the same for every order to minions. */
export function minionDeed(targets: readonly Target[], order: MinionOrder) {
	const count = targets.length === 1 ? '1 minion' : `${targets.length} minions`;
	const names = targets.map(({ name }) => name).join(', ');
	const words = [order.fun, ...order.args.map((value) => JSON.stringify(value))].join(' ');
	return {
		targets,
		steps: [{ says: `${words} on ${names}`, command: shellLine(['salt', ...minionWords(order)]) }],
		blast: [`${count}: ${names}`],
	} satisfies Partial<Deed>;
}

/** A reason not to: a minion of the plan that its master no longer accepts. */
export async function changedMinions(
	{ targets }: Plan,
	tools: Tools,
	stop: AbortSignal,
): Promise<string | undefined> {
	const salt = await tools.salt();
	const names = targets.map(({ name }) => name);
	const known = new Set(await salt.match(names.join(','), 'list', stop));
	const gone = names.filter((name) => !known.has(name));
	if (gone.length === 0) return undefined;
	return `target changed: the master accepts no minion ${gone.join(', ')} any more`;
}

/** Carries an order out: each minion's return as it comes, then how it went with all of them. */
export async function* carryOut(
	job: SaltJob,
	timeoutMs: number,
	isObserving: boolean,
	stop: AbortSignal,
): AsyncIterable<Progress> {
	const returns: SaltReturn[] = [];
	yield { kind: 'note', says: `job ${job.jid}` };
	for await (const found of job.returns(timeoutMs, stop)) {
		returns.push(found);
		for (const text of [toldOf(found), ...detailsOf(found).map((line) => `    ${line}`)]) {
			yield { kind: 'output', step: 0, stream: 'out', text: `${text}\n` };
		}
	}
	const summary = summaryOf(job, returns);
	if (stop.aborted) throw new Doubt(`${summary}; stopped while it ran`);
	if (job.missing().length > 0 && !isObserving) throw new Doubt(summary);
	if (job.missing().length > 0 || returns.some(({ isGood }) => !isGood)) {
		throw new Failure('failed', summary);
	}
	yield { kind: 'step', step: 0, state: 'done', says: summary };
	yield { kind: 'note', says: summary };
}

/** `2 of 3 minions answered; failed: db-02; missing: web-03 (no answer)`. */
function summaryOf(job: SaltJob, returns: readonly SaltReturn[]): string {
	const failed = returns.filter(({ isGood }) => !isGood).map(({ minion }) => minion);
	const missing = job
		.missing()
		.map(({ minion, isRunning }) => `${minion} (${isRunning ? 'still at it' : 'no answer'})`);
	return [
		`${returns.length} of ${job.minions.length} minions answered`,
		...(failed.length > 0 ? [`failed: ${failed.join(', ')}`] : []),
		...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
	].join('; ');
}
