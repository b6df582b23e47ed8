import { type Clock, pause } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import { problemText } from '../core/file-problem.ts';
import type { RulesInForce } from './rules-in-force.ts';

const pollMs = 2000;

export type Watching = {
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
export async function watchRules(watching: Watching, stop: AbortSignal): Promise<void> {
	const { load, clock, onRules, onTrouble } = watching;
	let seen = contentOf(watching.first);
	while (!stop.aborted) {
		await pause(clock, pollMs, stop);
		const found = stop.aborted ? undefined : await loaded(load);
		if (found === undefined || found.content === seen) continue;
		seen = found.content;
		if (typeof found.rules === 'string') onTrouble(`the rules before stay at work: ${found.rules}`);
		else onRules(found.rules);
	}
}

/** The rules on disk, or why they cannot be put to work. */
async function loaded(load: Watching['load']): Promise<{
	readonly content: string;
	readonly rules: RulesInForce | string;
}> {
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
