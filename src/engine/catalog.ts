import type { Action } from '../core/action.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import type { JsonObject } from '../core/plan.ts';
import { highest, type Tier } from '../core/tier.ts';

/** A name of the configuration's own for an action, with the parameters that are always the same. */
export type Binding = {
	readonly name: string;
	readonly kind: string;
	readonly tier?: Tier;
	readonly params: JsonObject;
};

/** An action as it can be asked for: by its kind, or by a name that binds parameters to it. */
export type Entry = {
	readonly name: string;
	readonly action: Action;
	/** What it is as a rule; parameters may make it another: see `tierWith`. */
	readonly tier: Tier;
	/** What the configuration raises it to. */
	readonly raised: Tier;
	readonly params: JsonObject;
	/** Whether `name` is the configuration's own. */
	readonly isBound: boolean;
};

export type CatalogSetup = {
	readonly actions: readonly Action[];
	readonly bindings: readonly Binding[];
	/** Tiers raised, by kind. */
	readonly tiers: Readonly<Record<string, Tier>>;
};

/** All that can be done, by name. Configuration raises a tier and never lowers it. */
export class Catalog {
	readonly #setup: CatalogSetup;
	#entries: ReadonlyMap<string, Entry>;

	/** Throws a Failure for a name that is bound to no action there is. */
	constructor(setup: CatalogSetup) {
		this.#setup = setup;
		this.#entries = entriesOf(setup);
	}

	/** Other actions from now on, under the same names of the configuration. Throws as the constructor does. */
	reload(actions: readonly Action[]): void {
		this.#entries = entriesOf({ ...this.#setup, actions });
	}

	get entries(): readonly Entry[] {
		return [...this.#entries.values()];
	}

	has(name: string): boolean {
		return this.#entries.has(name);
	}

	/** Throws a Failure that offers the near one for a name that is none. */
	find(name: string): Entry {
		const entry = this.#entries.get(name);
		if (entry) return entry;
		throw noAction(name, this.#entries.keys());
	}
}

function entriesOf({ actions, bindings, tiers }: CatalogSetup): ReadonlyMap<string, Entry> {
	const kinds = new Map(actions.map((action) => [action.kind, entryOf(action, tiers)]));
	const bound = bindings.map((binding) => [binding.name, boundTo(binding, kinds)] as const);
	return new Map([...kinds, ...bound]);
}

function entryOf(action: Action, tiers: CatalogSetup['tiers']): Entry {
	const { kind } = action;
	const raised = (Object.hasOwn(tiers, kind) ? tiers[kind] : undefined) ?? 0;
	const tier = highest(action.tier, raised);
	return { name: kind, action, tier, raised, params: {}, isBound: false };
}

function boundTo({ name, kind, tier, params }: Binding, kinds: ReadonlyMap<string, Entry>): Entry {
	const entry = kinds.get(kind);
	if (!entry) throw noAction(kind, kinds.keys(), `${name}: `);
	const raised = highest(entry.raised, tier);
	return { ...entry, name, params, raised, tier: highest(entry.tier, tier), isBound: true };
}

function noAction(name: string, names: Iterable<string>, where = ''): Failure {
	const meant = didYouMean(name, names) || ': eventctl actions list tells which there are';
	return new Failure('usage', `${where}no action is called ${name}${meant}`);
}

/** The tier below which nothing is planned with these parameters; they are checked by that. */
export function tierWith({ action, raised, params: bound }: Entry, params: JsonObject): Tier {
	if (!action.tierFor) return highest(action.tier, raised);
	return highest(action.tierFor(action.parse({ ...params, ...bound })), raised);
}
