import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import { problemText } from '../core/file-problem.ts';
import type { RulesInForce } from './rules-in-force.ts';
import { watch } from './watch.ts';

export type RulesWatch = {
	/** Reads and compiles the rules anew. */
	readonly load: () => Promise<RulesInForce>;
	/** The rules at work when the watch begins. */
	readonly first: RulesInForce;
	readonly clock: Clock;
	/** Rules without an error, to be put to work. */
	readonly onRules: (rules: RulesInForce) => void;
	/** Why what is on disk is not put to work; the rules before it stay. */
	readonly onTrouble: (says: string) => void;
};

/** Looks at the rule files every two seconds until `stop`. What has an error is told once, and the old rules stay at work. */
export async function watchRules(
	{ load, first, clock, onRules, onTrouble }: RulesWatch,
	stop: AbortSignal,
): Promise<void> {
	const onChange = ({ rules }: Look) => {
		if (typeof rules === 'string') onTrouble(`the rules before stay at work: ${rules}`);
		else onRules(rules);
	};
	await watch({ look: () => looked(load), seen: contentOf(first), clock, onChange }, stop);
}

type Look = { readonly content: string; readonly rules: RulesInForce | string };

/** The rules on disk, or why they cannot be put to work. */
async function looked(load: RulesWatch['load']): Promise<Look> {
	try {
		const rules = await load();
		const errors = rules.problems.filter(({ isWarning }) => !isWarning).map(problemText);
		return { content: contentOf(rules), rules: errors.length === 0 ? rules : errors.join('; ') };
	} catch (error) {
		return { content: reasonOf(error), rules: reasonOf(error) };
	}
}

/** Equal for files that say the same and can be read alike. */
function contentOf({ files, problems }: RulesInForce): string {
	return JSON.stringify([files, problems.map(problemText)]);
}
