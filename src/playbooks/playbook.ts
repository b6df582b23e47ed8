import type { Action } from '../core/action.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Tier } from '../core/tier.ts';
import type { Filling } from '../template/filling.ts';
import type { InputSpec } from './schema.ts';

/** An action as a step asks for it: by its kind, or by a name of the configuration's own that binds parameters. */
export type Entry = {
	readonly action: Action;
	readonly params: JsonObject;
	readonly tier: Tier;
	/** What the configuration, or the step itself, asks for at least. */
	readonly raised: Tier;
};

/** Undefined for a name that is none. */
export type FindAction = (name: string) => Entry | undefined;

export type OnError = 'fail' | 'continue' | 'rollback' | { readonly goto: string };

/** One action of a playbook, compiled. */
export type Leaf = {
	readonly kind: 'action';
	readonly id: string;
	/** As the file names it. */
	readonly name: string;
	readonly entry: Entry;
	readonly params: Filling;
	readonly when: Filling | undefined;
	readonly foreach:
		| { readonly list: Filling; readonly as: string; readonly concurrency: number }
		| undefined;
	readonly timeoutMs: number;
	readonly retry:
		| { readonly count: number; readonly delayMs: number; readonly when: Filling | undefined }
		| undefined;
	readonly onError: OnError;
	readonly publish: ReadonlyMap<string, Filling>;
	/** Its own way back instead of the action's; `none` leaves it as it is. */
	readonly undo:
		| 'none'
		| { readonly name: string; readonly entry: Entry; readonly params: Filling }
		| undefined;
	/** Whether its parameters need what earlier steps give: it is planned when its turn comes. */
	readonly isLate: boolean;
	/** Whether its condition does. */
	readonly isWhenLate: boolean;
};

export type Group = {
	readonly kind: 'parallel';
	readonly id: string;
	readonly leaves: readonly Leaf[];
	readonly concurrency: number;
	/** How many must succeed. */
	readonly needed: number;
	readonly onError: OnError;
};

/** A pause: the rest is proposed for a yes of its own. */
export type Ask = {
	readonly kind: 'approve';
	readonly id: string;
	readonly prompt: Filling;
	readonly people: 1 | 2;
	readonly expiresMs: number;
};

export type Item = Leaf | Group | Ask;

export type Playbook = {
	readonly name: string;
	readonly title: string;
	/** Stands for what its file says. */
	readonly version: number;
	readonly inputs: readonly InputSpec[];
	readonly vars: ReadonlyMap<string, Filling>;
	readonly items: readonly Item[];
	readonly last: readonly Leaf[];
	/** That of its worst step. */
	readonly tier: Tier;
};

/** The leaves of an item, in order. */
export function leavesOf(item: Item): readonly Leaf[] {
	if (item.kind === 'approve') return [];
	return item.kind === 'parallel' ? item.leaves : [item];
}
