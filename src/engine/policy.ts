import { Failure } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Tier } from '../core/tier.ts';
import { globTest } from '../filter/glob.ts';
import type { Escalation } from './suggestions.ts';

/** What is never done, and how much at most; times in milliseconds. */
export type Policy = {
	/** Globs by what they look at; all of one entry must match. */
	readonly protected: readonly Readonly<Record<string, string>>[];
	readonly blast?: { readonly targets: number; readonly withinMs: number };
	/** Suggestions and messages of one rule. */
	readonly rate: { readonly suggestions: number; readonly withinMs: number };
	/** More suggestions or runs than this in a minute pause all rules. */
	readonly breaker: number;
	readonly escalate?: Escalation;
	/** When it is asked whether what contains something is still needed. */
	readonly containmentMs: number;
	readonly isReadOnly: boolean;
};

/** Throws a Failure where nothing of that tier may be done here; `what` names it. */
export function mustNotBeReadOnly({ isReadOnly }: Policy, tier: Tier, what: string): void {
	if (isReadOnly && tier > 0) throw new Failure('denied', `read-only: ${what} is T${tier}`);
}

type Touching = Pick<Plan, 'params' | 'targets' | 'parts'>;

/** Which protected thing the plan touches, in words; undefined where it touches none. */
export function protectedBy(policy: Policy, plan: Touching): string | undefined {
	const entry = policy.protected.find((globs) => touches(plan, globs));
	if (!entry) return undefined;
	return Object.entries(entry)
		.map(([key, glob]) => `${key} ${glob}`)
		.join(', ');
}

function touches(plan: Touching, globs: Readonly<Record<string, string>>): boolean {
	const entries = Object.entries(globs);
	const parts = (plan.parts ?? []).flatMap((part) => part.plan ?? []);
	return (
		entries.every(([key, glob]) => namesOf(plan, key).some(globTest(glob))) ||
		parts.some((part) => touches(part, globs))
	);
}

/** What a plan touches of one sort, by whatever name it goes: what is doubtful counts as touched. */
function namesOf({ params, targets }: Touching, key: string): string[] {
	const keys = key === 'host' || key === 'node' ? ['host', 'node', 'target', 'minion'] : [key];
	const said = keys.flatMap((name) => textsOf(params[name]));
	const pinned = targets.flatMap(({ pins }) => keys.flatMap((name) => textsOf(pins[name])));
	const named = targets.flatMap(({ name }) => partsOf(name, key));
	return [...said, ...pinned, ...named];
}

function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** `payments/pay-7d9f` is of namespace `payments`; `node/web12` is the node `web12`. */
function partsOf(name: string, key: string): string[] {
	if (key === 'target') return [name];
	const slash = name.indexOf('/');
	if (key === 'namespace') return slash < 0 ? [] : [name.slice(0, slash)];
	if (key === 'pod') return slash < 0 ? [] : [name.slice(slash + 1)];
	return [slash < 0 ? name : name.slice(slash + 1)];
}
