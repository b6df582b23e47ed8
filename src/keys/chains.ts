import type { ContextName } from '../state/contexts.ts';

/** Contexts that count together, the innermost first. */
export const chains: readonly (readonly ContextName[])[] = [
	['detail', 'events', 'global'],
	['tags', 'global'],
	['approvals', 'global'],
	['runs', 'global'],
	['audit', 'global'],
	['rules', 'global'],
	['sources', 'global'],
	['prompt', 'fields'],
	['help', 'fields'],
	['fields', 'form'],
	['fields', 'dialog'],
];

/** A context and those that count under it, the innermost first. */
export function chainFrom(context: ContextName): readonly ContextName[] {
	const chain = chains.find((names) => names.includes(context)) ?? [context];
	return chain.slice(chain.indexOf(context));
}
