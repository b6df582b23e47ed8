import * as z from 'zod';
import { canonicalJson } from '../codec/canonical.ts';
import { type Action, Refusal } from '../core/action.ts';
import type { JsonObject, Target, Undo } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { checked } from './destination.ts';
import {
	callShape,
	carryOut,
	changedMinions,
	millisecondsOf,
	minionDeed,
	orderFor,
	pinnedMinions,
	targetShape,
	timeoutOf,
} from './salt-order.ts';

const kind = 'salt.run';
const schema = z.strictObject({
	...targetShape,
	...callShape,
	timeout: timeoutOf('60s'),
	inverse: z
		.string()
		.min(1)
		.max(64)
		.optional()
		.describe('the configured action that takes it back'),
});
type Params = z.infer<typeof schema>;

/** As the configuration binds one: without a target, with the name of what takes it back. */
const bound = z.looseObject({
	kind: z.literal(kind),
	inverse: z.string().optional(),
	...callShape,
});

/**
 * Runs a function on minions. T3, for nobody knows what a function does; T2 where the configuration names two
 * actions that take each other back.
 */
export const saltRun: Action<Params> = {
	kind,
	version: 1,
	title: 'Run a Salt function on minions',
	tier: 3,
	tierFor: ({ inverse }) => (inverse === undefined ? 3 : 2),
	inverse: kind,
	example: `
target: "web*"
fun: service.restart
args: [nginx]
`,
	parse: (raw) => checked(kind, schema, raw),
	target: (text) => ({ target: text }),
	fits: () => undefined,
	async plan(params, tools, stop) {
		const targets = await pinnedMinions(params, await tools.salt(), stop);
		const undo = undoOf(params, targets, tools);
		const isWide = targets.length > 1;
		return {
			params: given(params),
			...minionDeed(targets, orderFor(targets, params)),
			undo,
			tier: 'none' in undo || isWide ? 3 : 2,
		};
	},
	precheck: changedMinions,
	async *run(plan, tools, stop) {
		const params = schema.parse(plan.params);
		yield { kind: 'step', step: 0, state: 'started' };
		const job = await (await tools.salt()).start(orderFor(plan.targets, params), stop);
		yield* carryOut(job, millisecondsOf(params.timeout), false, stop);
	},
};

function given({ inverse, ...params }: Params): JsonObject {
	return inverse === undefined ? params : { ...params, inverse };
}

/** Both configured actions must name each other: only then has somebody thought about both ways. */
function undoOf(params: Params, targets: readonly Target[], tools: Tools): Undo {
	const { inverse } = params;
	if (inverse === undefined) {
		return { none: 'nobody knows what a function did; configure an inverse for it' };
	}
	const back = configured(inverse, tools);
	const forth = back.inverse === undefined ? undefined : configured(back.inverse, tools);
	if (!forth || callOf(forth) !== callOf(params)) {
		throw new Refusal(
			`${inverse} does not take ${params.fun} back: name each as the other's inverse`,
		);
	}
	const minions = targets.map(({ name }) => name).join(',');
	const { fun, args, kwargs } = back;
	const aim = { target: minions, target_type: 'list', timeout: params.timeout };
	return {
		action: kind,
		params: { ...aim, fun, args, kwargs, ...(back.inverse && { inverse: back.inverse }) },
		says: `${inverse}: ${fun} on ${minions}`,
	};
}

function configured(name: string, { settings }: Tools): z.infer<typeof bound> {
	const all = z.record(z.string(), z.unknown()).safeParse(settings['actions']).data ?? {};
	const found = bound.safeParse(Object.hasOwn(all, name) ? all[name] : undefined);
	if (found.success) return found.data;
	throw new Refusal(`there is no configured action ${name} of ${kind} that could take it back`);
}

function callOf({ fun, args, kwargs }: Pick<Params, 'fun' | 'args' | 'kwargs'>): string {
	return canonicalJson({ fun, args, kwargs });
}
