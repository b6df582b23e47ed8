import type { Actor, Step } from '../../src/core/approval.ts';
import type { Plan } from '../../src/core/plan.ts';
import { aPlan } from './an-approval.ts';

export const engine: Actor = { id: 'engine', name: 'eventctl' };

/** When the steps of tests begin: milliseconds since the epoch. */
export const stepEpoch = Date.UTC(2026, 10, 21, 3, 8);

/** A step so many milliseconds after the beginning; its detail is given beside the rest. */
export function aStep(
	kind: Step['kind'],
	{ ms = 0, detail = {}, ...step }: Partial<Step> & { readonly ms?: number } = {},
): Step {
	return {
		id: 'A-0097',
		rev: 1,
		at: new Date(stepEpoch + ms).toISOString(),
		kind,
		actor: engine,
		contentHash: 'hash',
		detail,
		...step,
	};
}

export function aProposal(plan: Partial<Plan> = {}, step: Partial<Step> = {}): Step {
	const notAfter = new Date(stepEpoch + 240_000).toISOString();
	return aStep('propose', {
		...step,
		detail: { plan: aPlan({ notAfter, ...plan }), origin: 'rule' },
	});
}
