import { contentHash } from '../codec/canonical.ts';
import type { Approval } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import type { Tools } from '../core/tools.ts';
import type { Blast } from './blast.ts';
import { type Catalog, tierWith } from './catalog.ts';
import type { Claim } from './claims.ts';
import type { OnFailpoint } from './failpoint.ts';
import type { KillSwitch } from './kill-switch.ts';
import { type Policy, protectedBy } from './policy.ts';

export type ReasonsSetup = {
	readonly catalog: Catalog;
	readonly policy: Policy;
	readonly blast: Blast;
	readonly killSwitch: KillSwitch;
	readonly clock: Clock;
	readonly failpoint?: OnFailpoint;
};

/** What stands against carrying out what was approved: everything that may have changed since the yes. */
export class Reasons {
	readonly #setup: ReasonsSetup;

	constructor(setup: ReasonsSetup) {
		this.#setup = setup;
	}

	/** The first reason not to, the kill switch asked last of all; undefined where there is none. */
	async against(claim: Claim, tools: Tools): Promise<string | undefined> {
		const { blast, killSwitch, clock, failpoint } = this.#setup;
		const { approval } = claim;
		const { notAfter } = approval.plan;
		const changed = this.#refusing(approval) ?? (await this.#precheck(claim, tools));
		await failpoint?.('after precheck');
		if (changed !== undefined) return changed;
		const full = await blast.reserve(approval);
		await failpoint?.('after reserve');
		if (full !== undefined) return full;
		if (clock.now() >= Date.parse(notAfter)) return `it expired at ${notAfter}`;
		return killSwitch.reason();
	}

	/** Who carries it out may know a stricter policy than who approved it, or another plan than was approved. */
	#refusing({ plan, contentHash: approved, origin }: Approval): string | undefined {
		const { policy } = this.#setup;
		if (contentHash(plan) !== approved) return 'its plan is not the one that was approved';
		if (policy.isReadOnly && plan.tier > 0) return `read-only: ${plan.action} is T${plan.tier}`;
		const found = protectedBy(policy, plan);
		const mayTouch = plan.tier === 0 || plan.tier === 4 || origin === 'undo';
		return found === undefined || mayTouch ? undefined : `${found} is protected by now`;
	}

	async #precheck({ approval, until }: Claim, tools: Tools): Promise<string | undefined> {
		const { plan } = approval;
		const { clock, catalog } = this.#setup;
		const late = new AbortController();
		const cancel = clock.after(Math.max(0, until - clock.now()), () => late.abort());
		try {
			const { action } = catalog.find(plan.action);
			if (action.version !== plan.version) return `${plan.action} changed since it was planned`;
			const tier = tierWith(catalog.find(plan.as ?? plan.action), plan.params);
			if (tier > plan.tier) return `${plan.as ?? plan.action} is T${tier} by now`;
			return await action.precheck(plan, tools, late.signal);
		} catch (error) {
			// Whoever cannot look again does not act on what was seen before.
			return `it could not be looked at again: ${reasonOf(error)}`;
		} finally {
			cancel();
		}
	}
}
