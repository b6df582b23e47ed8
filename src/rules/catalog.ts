import type { JsonObject } from '../core/plan.ts';

/** What rules may ask for. */
export type Catalog = {
	/** Kinds of actions and names of the configuration's own. */
	readonly actions: readonly string[];
	/** Names of playbooks, without `playbook:`. */
	readonly playbooks: readonly string[];
	/** Names under the configuration's `notify`. */
	readonly destinations: readonly string[];
	/** Throws a Failure where the action would not take these parameters; `action` is as a Wish names it. */
	check?(action: string, params: JsonObject): void;
};
