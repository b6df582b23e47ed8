import * as registry from '../actions/registry.ts';
import type { Loaded } from '../config/load.ts';
import type { Action } from '../core/action.ts';
import type { FileProblem } from '../core/file-problem.ts';
import { didYouMean } from '../core/nearest.ts';
import { Catalog } from '../engine/catalog.ts';
import { bindingsOf, raisedTiers } from './respond-settings.ts';

/** Every action that is built in. */
export const builtIn: readonly Action[] = Object.values(registry);

/**
 * All actions that can be asked for with this configuration, playbooks among them where they are given. A name that is
 * bound to no action there is is left out: `unboundNames` tells of it.
 */
export function catalogFor({ config }: Loaded, playbooks: readonly Action[] = []): Catalog {
	const actions = [...builtIn, ...playbooks];
	const bindings = bindingsOf(config).filter(({ kind }) => isKind(kind, actions));
	return new Catalog({ actions, bindings, tiers: raisedTiers(config) });
}

/** The configuration's names for actions and destinations that are bound to no action there is, each at its place. */
export function unboundNames(
	{ config, origins }: Loaded,
	playbooks: readonly Action[],
): readonly FileProblem[] {
	const actions = [...builtIn, ...playbooks];
	return (['actions', 'notify'] as const).flatMap((section) =>
		Object.entries(config[section]).flatMap(([name, { kind }]) => {
			if (isKind(kind, actions)) return [];
			const { file = 'config', line = 1, column = 1 } = origins.get(`${section}.${name}`) ?? {};
			const meant = didYouMean(
				kind,
				actions.map((action) => action.kind),
			);
			return [
				{ file, line, column, says: `${section}.${name}: there is no action ${kind}${meant}` },
			];
		}),
	);
}

function isKind(kind: string, actions: readonly Action[]): boolean {
	return actions.some((action) => action.kind === kind);
}
