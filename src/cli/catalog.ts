import * as registry from '../actions/registry.ts';
import type { Loaded } from '../config/load.ts';
import type { Action } from '../core/action.ts';
import { Catalog } from '../engine/catalog.ts';
import { bindingsOf, raisedTiers } from './respond-settings.ts';

/** Every action that is built in. */
export const builtIn: readonly Action[] = Object.values(registry);

/**
 * All actions that can be asked for with this configuration, playbooks among them where they are given. Throws a Failure
 * for a name that is bound to no action.
 */
export function catalogFor({ config }: Loaded, playbooks?: readonly Action[]): Catalog {
	const bindings = bindingsOf(config);
	// Playbooks are made of the other actions: while they are made, names bound to them are not there yet.
	const known = playbooks ? bindings : bindings.filter(({ kind }) => !kind.startsWith('playbook:'));
	const actions = [...builtIn, ...(playbooks ?? [])];
	return new Catalog({ actions, bindings: known, tiers: raisedTiers(config) });
}
