import { Refusal } from '../core/action.ts';
import { reasonOf } from '../core/errors.ts';
import type { JsonObject, Plan, Undo } from '../core/plan.ts';
import { highest } from '../core/tier.ts';
import type { Tools } from '../core/tools.ts';
import { asObject } from '../template/as-json.ts';
import type { Filling } from '../template/filling.ts';
import type { Names } from './names.ts';
import type { Entry, Leaf } from './playbook.ts';

/** The most a foreach may go over. */
const maxItems = 100;

/** One time that a leaf runs: its id and the names it reads. */
export type Turn = { readonly id: string; readonly names: Names };

/** A leaf's turns: one, or one for each element of its foreach. */
export function turnsOf({ id, foreach }: Leaf, names: Names): readonly Turn[] {
	if (foreach === undefined) return [{ id, names }];
	const list = foreach.list.fill(names.lookup);
	if (!Array.isArray(list)) throw new Refusal(`${id}: foreach needs a list`);
	if (list.length > maxItems)
		throw new Refusal(`${id}: foreach over ${list.length} of at most ${maxItems}`);
	return list.map((item, index) => ({
		id: `${id}[${index}]`,
		names: names.with({ [foreach.as]: item }),
	}));
}

/** Whether a condition holds; one that is neither true nor false is refused. */
export function isWanted(id: string, when: Filling | undefined, names: Names): boolean {
	if (when === undefined) return true;
	const value = when.fill(names.lookup);
	if (typeof value === 'boolean') return value;
	throw new Refusal(`${id}: its condition is neither true nor false: write one whole expression`);
}

/** The plan of one turn of a leaf. Throws a Refusal that names the step. */
export async function planTurn(
	leaf: Leaf,
	{ id, names }: Turn,
	tools: Tools,
	stop: AbortSignal,
): Promise<Plan> {
	try {
		const params = asObject(Object(leaf.params.fill(names.lookup)));
		const plan = await planEntry(leaf.entry, leaf.name, params, tools, stop);
		return { ...plan, undo: undoOf(leaf, names, plan.undo) };
	} catch (error) {
		throw new Refusal(`${id}: ${reasonOf(error)}`, { cause: error });
	}
}

/** The plan of an action that is a part of another plan: evidence, rule and expiry are those of the whole. */
export async function planEntry(
	{ action, params: bound, raised }: Entry,
	name: string,
	params: JsonObject,
	tools: Tools,
	stop: AbortSignal,
): Promise<Plan> {
	const parsed = action.parse({ ...params, ...bound });
	const deed = await action.plan(parsed, tools, stop);
	return {
		...deed,
		action: action.kind,
		version: action.version,
		...(name === action.kind ? {} : { as: name }),
		tier: highest(action.tierFor?.(parsed) ?? action.tier, raised, deed.tier),
		evidence: [],
		run: tools.run,
		command: deed.steps.map(({ command }) => command).join('; '),
		notAfter: '',
	};
}

function undoOf({ undo }: Leaf, names: Names, own: Undo): Undo {
	if (undo === undefined) return own;
	if (undo === 'none') return { none: 'the playbook leaves it as it is' };
	const params = asObject(Object(undo.params.fill(names.lookup)));
	const { action, params: bound } = undo.entry;
	return { action: action.kind, params: { ...params, ...bound }, says: undo.name };
}
