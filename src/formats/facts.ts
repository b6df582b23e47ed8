import type { Facts } from '../core/facts.ts';

/** Facts as a format finds them: what it looked for and did not find is undefined. */
export type FoundFacts = {
	readonly [Key in keyof Omit<Facts, 'who' | 'summary' | 'ids'>]?: Facts[Key] | undefined;
} & {
	readonly who: string | undefined;
	readonly summary: string;
	readonly ids: readonly (string | undefined)[];
};

/** Facts without what was not found. */
export function factsOf(found: FoundFacts): Facts {
	const { host, ns, pod, user, fun, jid, rc, rule, failed } = found;
	return {
		who: found.who ?? '',
		summary: found.summary,
		ids: found.ids.filter((id) => id !== undefined),
		...(host !== undefined && { host }),
		...(ns !== undefined && { ns }),
		...(pod !== undefined && { pod }),
		...(user !== undefined && { user }),
		...(fun !== undefined && { fun }),
		...(jid !== undefined && { jid }),
		...(rc !== undefined && { rc }),
		...(rule !== undefined && { rule }),
		...(failed !== undefined && { failed }),
	};
}
