import { Failure } from '../core/errors.ts';
import { needOf } from '../core/need.ts';
import type { Plan } from '../core/plan.ts';
import type { Tier } from '../core/tier.ts';
import type { Yes } from '../engine/approve.ts';

/** What the command line says for a yes. */
export type ConsentOptions = {
	readonly yes?: boolean;
	readonly confirm?: string;
	readonly reason?: string;
};

/** Refuses what lacks the consent that its tier takes, and says what to add; known before anything is looked at. */
export function mustConsent(tier: Tier, what: string, name: string, given: ConsentOptions): void {
	if (tier < 2) return;
	if (tier === 2) {
		if (given.yes) return;
		throw new Failure('unconfirmed', `${what} is T2: add --yes`);
	}
	const missing = [
		...(given.confirm === undefined ? [`--confirm ${name}`] : []),
		...((given.reason ?? '').trim() === '' ? ['--reason WHY'] : []),
	];
	if (missing.length === 0) return;
	throw new Failure('unconfirmed', `${what} is T${tier}: add ${missing.join(' ')}`);
}

/** The yes to a plan; `word` is the target as it was typed, which counts as its name where there are several. */
export function yesTo(
	plan: Plan,
	contentHash: string,
	given: ConsentOptions,
	word: string | undefined,
): Yes {
	const { typedName } = needOf(plan, contentHash);
	const what = `${plan.as ?? plan.action} ${word ?? ''}`.trimEnd();
	mustConsent(plan.tier, what, word ?? typedName ?? '', given);
	const isNamed = given.confirm === typedName || (word !== undefined && given.confirm === word);
	if (typedName !== undefined && !isNamed) {
		throw new Failure(
			'unconfirmed',
			`${what}: --confirm ${given.confirm} is not its name: ${word ?? typedName}`,
		);
	}
	return { contentHash, typedName, reason: given.reason };
}
