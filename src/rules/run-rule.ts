import { canonicalJson, contentHash } from '../codec/canonical.ts';
import type { Cause } from '../core/cause.ts';
import type { Decoded } from '../core/criterion.ts';
import { reasonOf } from '../core/errors.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Wish } from '../core/rule.ts';
import { holds } from '../filter/holds.ts';
import { asObject } from '../template/as-json.ts';
import type { Lookup } from '../template/path.ts';
import type { Ask, Rule } from './compile-rule.ts';
import { fieldOf } from './event-scope.ts';

/** A chain of our own results ends here. */
const maxDepth = 3;

/** Whether the rule's `match` and `when` hold. */
export function meets({ filter, when }: Rule, event: Decoded): boolean {
	return holds(filter.criterion, event) && (when === undefined || when(event));
}

/** Why a rule keeps off an event that a run of ours brought about; undefined where it need not. */
export function keepsOff({ spec }: Rule, cause: Cause | undefined): string | undefined {
	if (cause === undefined) return undefined;
	if (!spec.own)
		return `run ${cause.run} of eventctl brought it about, and the rule does not say own: true`;
	if (cause.depth < maxDepth) return undefined;
	return `${cause.depth} runs of eventctl stand behind it: chains end at ${maxDepth}`;
}

/** What an event counts under: the values of `by`, or the first of these fields that it has not. */
export function countKey(
	{ spec }: Rule,
	event: Decoded,
): { readonly key: string } | { readonly missing: string } {
	const values: string[] = [];
	for (const name of spec.count?.by ?? []) {
		const value = fieldOf(event, name);
		if (value === undefined) return { missing: name };
		values.push(typeof value === 'string' ? value : canonicalJson(value));
	}
	return { key: values.join('/') };
}

/** A rule's parameters filled from an event. Throws a TemplateError that names what the event has not. */
export function filled(ask: Ask, lookup: Lookup): JsonObject {
	return asObject(Object(ask.params.fill(lookup)));
}

/** What a rule wants done, and the troubles of what it could not fill. */
export function wishesOf(
	rule: Rule,
	lookup: Lookup,
	counted: { readonly key: string; readonly seqs: readonly number[] },
): { readonly wishes: readonly Wish[]; readonly troubles: readonly string[] } {
	const wishes: Wish[] = [];
	const troubles: string[] = [];
	for (const ask of rule.asks) {
		try {
			wishes.push(wishOf(rule, ask, filled(ask, lookup), counted));
		} catch (thrown) {
			troubles.push(`${rule.id}: ${ask.action}: ${reasonOf(thrown)}`);
		}
	}
	return { wishes, troubles };
}

function wishOf(
	{ id, version, spec }: Rule,
	{ use, action, expiresMs }: Ask,
	params: JsonObject,
	{ key, seqs }: { readonly key: string; readonly seqs: readonly number[] },
): Wish {
	const about = key === '' ? contentHash(params).slice(0, 16) : key;
	const { after, to } = spec.escalate ?? {};
	return {
		rule: { id, version },
		use,
		action,
		params,
		expiresMs,
		seqs,
		key: `${action} ${about}`,
		cooldownMs: spec.cooldown,
		why: ruleSays(spec),
		...(after !== undefined && to !== undefined && { escalate: { afterMs: after, to } }),
	};
}

/** A rule's criteria as a sentence. */
export function ruleSays({ match, when, count }: Rule['spec']): string {
	const parts = [match];
	if (when !== undefined) parts.push(when);
	if (count !== undefined) parts.push(countSays(count));
	return parts.join(' and ');
}

/** `2 within 30 s by ns, pod`. */
export function countSays({ at_least, within, by }: NonNullable<Rule['spec']['count']>): string {
	const names = by.length === 0 ? '' : ` by ${by.join(', ')}`;
	return `${at_least} within ${within / 1000} s${names}`;
}
