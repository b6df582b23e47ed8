import * as z from 'zod';
import type { Action } from '../core/action.ts';
import type { DryRun, Json, JsonObject, Target } from '../core/plan.ts';
import type { SaltReturn, SaltTool } from '../core/salt-tool.ts';
import { checked } from './destination.ts';
import {
	carryOut,
	changedMinions,
	millisecondsOf,
	minionDeed,
	orderFor,
	pinnedMinions,
	targetShape,
	timeoutOf,
} from './salt-order.ts';
import { detailsOf, toldOf } from './salt-returns.ts';

const kind = 'salt.state';
const rehearsalMs = 20_000;
const mostLines = 200;

const sls = z.string().regex(/^\w[\w./-]*$/u, 'a state file is a name like nginx.config');
const schema = z.strictObject({
	...targetShape,
	sls: z
		.union([sls, z.array(sls).min(1)])
		.optional()
		.describe('the whole highstate where absent'),
	test: z.boolean().default(false).describe('only say what would change'),
	pillar: z.record(z.string(), z.json()).optional(),
	saltenv: z.string().min(1).optional(),
	timeout: timeoutOf('5m'),
});
type Params = z.infer<typeof schema>;

/** Applies states on minions, T3. With `test` it only looks, T0; every plan of it has looked that way. */
export const saltState: Action<Params> = {
	kind,
	version: 1,
	title: 'Apply Salt states on minions',
	tier: 3,
	tierFor: ({ test }) => (test ? 0 : 3),
	letter: 'a',
	example: `
target: web12
sls: traffic.limit
`,
	parse: (raw) => checked(kind, schema, raw),
	target: (text) => ({ target: text }),
	fits: ({ host, fun, jid }) => {
		const isSalt = fun !== undefined || jid !== undefined;
		return isSalt && host !== undefined && minionId.test(host)
			? { target: host, test: true }
			: undefined;
	},
	async plan(params, tools, stop) {
		const salt = await tools.salt();
		const targets = await pinnedMinions(params, salt, stop);
		const deed = {
			params: given(params),
			...minionDeed(targets, orderFor(targets, callOf(params))),
		};
		if (params.test) return { ...deed, undo: { none: 'it only looks' }, tier: 0 };
		const dryRun = await rehearsed(params, targets, salt, stop);
		return {
			...deed,
			undo: { none: 'states are not taken back: apply what was there before' },
			dryRun,
		};
	},
	precheck: changedMinions,
	async *run(plan, tools, stop) {
		const params = schema.parse(plan.params);
		yield { kind: 'step', step: 0, state: 'started' };
		const order = orderFor(plan.targets, callOf(params));
		const job = await (await tools.salt()).start(order, stop);
		yield* carryOut(job, millisecondsOf(params.timeout), params.test, stop);
	},
};

const minionId = /^[\w.:@-]{1,253}$/u;

/** `test` is always said: a minion's own configuration may have it the other way. */
function callOf({ sls, test, pillar, saltenv }: Params) {
	const kwargs: Record<string, Json> = { test };
	if (pillar !== undefined) kwargs['pillar'] = pillar;
	if (saltenv !== undefined) kwargs['saltenv'] = saltenv;
	const names = sls === undefined ? [] : [Array.isArray(sls) ? sls.join(',') : sls];
	return { fun: 'state.apply', args: names, kwargs };
}

function given(params: Params): JsonObject {
	return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(params)));
}

/** The same with `test=True`, on the very minions. */
async function rehearsed(
	params: Params,
	targets: readonly Target[],
	salt: SaltTool,
	stop: AbortSignal,
): Promise<DryRun> {
	const job = await salt.start(orderFor(targets, callOf({ ...params, test: true })), stop);
	const returns: SaltReturn[] = [];
	for await (const found of job.returns(rehearsalMs, stop)) returns.push(found);
	returns.sort((one, other) => (one.minion < other.minion ? -1 : 1));
	const silent = job.missing().map(({ minion }) => minion);
	const failed = returns.filter(({ isGood }) => !isGood).map(({ minion }) => minion);
	return {
		isGood: silent.length === 0 && failed.length === 0,
		says: [
			`test=True on ${returns.length} of ${targets.length}`,
			...(failed.length > 0 ? [`would fail on ${failed.join(', ')}`] : []),
			...(silent.length > 0 ? [`no answer from ${silent.join(', ')}`] : []),
		].join('; '),
		lines: returns.flatMap((found) => [toldOf(found), ...detailsOf(found)]).slice(0, mostLines),
	};
}
