import { canonicalJson } from '../codec/canonical.ts';
import type { Action } from '../core/action.ts';
import type { JsonObject, Target } from '../core/plan.ts';
import { shellLine } from '../core/shell-words.ts';
import type { Tier } from '../core/tier.ts';

export type Said = {
	readonly action: Action;
	/** What it is asked for by: its kind, or the configuration's name for it. */
	readonly name: string;
	readonly params: JsonObject;
	readonly targets: readonly Target[];
	readonly tier: Tier;
	/** What the name adds by itself. */
	readonly bound: JsonObject;
	/** Options that name the configuration: `--profile prod`. */
	readonly globals: readonly string[];
};

/** The deed as a person would type it: `eventctl run k8s.isolate-pod payments/pay-7d9f --yes`. */
export function commandLine(said: Said): string {
	const { name, tier, globals } = said;
	const target = targetThatMeans(said);
	const words = ['eventctl', 'run', name, ...(target ? [target] : paramWords(said))];
	return shellLine([...words, ...consent(tier, target ?? said.targets[0]?.name), ...globals]);
}

/** The one word that stands for all parameters, where there is such a word. */
function targetThatMeans({ action, params, targets, bound }: Said): string | undefined {
	const name = targets[0]?.name;
	if (name === undefined || targets.length > 1) return undefined;
	try {
		const meant = { ...bound, ...action.target(name) };
		return canonicalJson(meant) === canonicalJson(params) ? name : undefined;
	} catch {
		// A name that the action cannot read back is no reason to fail: its parameters say the same.
		return undefined;
	}
}

function paramWords({ params, bound }: Said): string[] {
	return Object.entries(params).flatMap(([key, value]) => {
		if (canonicalJson(bound[key] ?? null) === canonicalJson(value)) return [];
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		return ['--param', `${key}=${text}`];
	});
}

function consent(tier: Tier, target = ''): string[] {
	if (tier < 2) return [];
	return tier === 2 ? ['--yes'] : ['--confirm', target, '--reason', '…'];
}
