import type { Approval } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { numberIn } from '../core/detail.ts';
import { engineActor } from './actors.ts';
import type { AuditLog } from './audit-log.ts';
import type { Policy } from './policy.ts';

/** The id under which the store counts what was touched; one chain for all processes, so that two cannot pass at once. */
const ledger = 'E-blast';

/** Counts the targets that were touched lately, in the store: the limit holds for all consoles together. */
export class Blast {
	readonly #audit: AuditLog;
	readonly #clock: Clock;
	readonly #limit: Policy['blast'];
	/** Targets touched lately, as last read. */
	#lately = 0;

	constructor(audit: AuditLog, clock: Clock, limit: Policy['blast']) {
		this.#audit = audit;
		this.#clock = clock;
		this.#limit = limit;
	}

	/** Takes the plan's share of the limit, or says why there is none left. What is looked at only, or undone, is free. */
	async reserve(approval: Approval): Promise<string | undefined> {
		const { id, plan } = approval;
		const limit = this.#limit;
		if (!limit || isFree(approval)) return undefined;
		const targets = Math.max(1, plan.targets.length);
		for (;;) {
			const { used, rev } = await this.#used(limit.withinMs);
			if (used + targets > limit.targets) return saysFull(used, targets, limit);
			const detail = { approval: id, targets };
			const draft = { kind: 'engine', actor: engineActor, detail } as const;
			const answer = await this.#audit.append(ledger, draft, rev);
			if (!('conflict' in answer)) return undefined;
		}
	}

	/** Reads how many targets were touched lately. */
	async look(): Promise<void> {
		if (this.#limit) this.#lately = (await this.#used(this.#limit.withinMs)).used;
	}

	/** What is left for each open approval that a limit concerns, in words. */
	get says(): readonly (readonly [approval: string, says: string])[] {
		return this.#audit.approvals.flatMap((approval) => {
			const says = approval.stage.kind === 'proposed' ? this.#saysOf(approval) : undefined;
			return says === undefined ? [] : [[approval.id, says] as const];
		});
	}

	#saysOf(approval: Approval): string | undefined {
		const limit = this.#limit;
		if (!limit || isFree(approval)) return undefined;
		return `${this.#lately} of ${limit.targets} targets within ${minutesOf(limit)} min`;
	}

	async #used(withinMs: number): Promise<{ readonly used: number; readonly rev: number }> {
		const { store } = this.#audit;
		const rev = (await store.last(ledger))?.rev ?? 0;
		const since = new Date(this.#clock.now() - withinMs).toISOString();
		let used = 0;
		for await (const { step } of store.list({ id: ledger, since })) {
			used += numberIn(step, 'targets') ?? 0;
		}
		return { used, rev };
	}
}

type Limit = NonNullable<Policy['blast']>;

function isFree({ plan, origin }: Approval): boolean {
	return plan.tier < 2 || origin === 'undo';
}

function minutesOf({ withinMs }: Limit): number {
	return Math.round(withinMs / 6000) / 10;
}

function saysFull(used: number, targets: number, limit: Limit): string {
	const wanted = targets === 1 ? 'one more' : `${targets} more`;
	return `${used} of ${limit.targets} targets were touched within ${minutesOf(limit)} min: ${wanted} would be too many`;
}
