import type { Json, JsonObject } from '../core/plan.ts';
import type { Tools } from '../core/tools.ts';
import { doneKey } from './inputs.ts';
import { Names } from './names.ts';
import type { Item, Playbook } from './playbook.ts';

/** What earlier runs have done of a playbook: by step, what it published. */
export type Done = Readonly<Record<string, JsonObject>>;

/** The finished steps that a playbook's parameters name. */
export function doneIn(params: JsonObject): Done {
	const done = params[doneKey];
	if (!isObject(done)) return {};
	return Object.fromEntries(
		Object.entries(done).map(([id, published]) => [id, isObject(published) ? published : {}]),
	);
}

/** What templates may read before any step has run. */
export function namesAtStart(playbook: Playbook, params: JsonObject, tools: Tools): Names {
	const { [doneKey]: _done, ...inputs } = params;
	const published = Object.values(doneIn(params)).flatMap((values) => Object.entries(values));
	const names = new Names([
		...Object.entries(inputs),
		['run', tools.run],
		['operator', tools.operator],
		...published,
	]);
	for (const [name, filling] of playbook.vars) names.set(name, filling.fill(names.lookup));
	return names;
}

/** The items of this go: what is not done, up to the next pause. */
export function itemsOfNow(
	{ items }: Playbook,
	done: Done,
): { readonly items: readonly Item[]; readonly rest: readonly Item[] } {
	const open = items.filter(({ id }) => !Object.hasOwn(done, id));
	const pause = open.findIndex(({ kind }) => kind === 'approve');
	if (pause < 0) return { items: open, rest: [] };
	return { items: open.slice(0, pause), rest: open.slice(pause) };
}

function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
