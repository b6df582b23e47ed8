import type { Need } from './approval.ts';
import type { Plan } from './plan.ts';

const digits = 6;

/**
 * What a yes to this plan takes beside the key. From T3 on a name is typed: the target's, or the first six digits of
 * the plan's hash where there are several targets or the name holds more than printable ASCII, which looks alike too
 * easily.
 */
export function needOf({ tier, targets }: Plan, contentHash: string): Need {
	if (tier < 3) return { tier, people: 1 };
	const [target, ...others] = targets;
	const isPlain = target !== undefined && others.length === 0 && /^[!-~]+$/.test(target.name);
	const typedName = isPlain ? target.name : contentHash.slice(0, digits);
	return { tier, people: tier === 4 ? 2 : 1, typedName };
}
