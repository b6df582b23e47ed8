import type { Approval, Stage } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { leaseMs } from '../core/stage.ts';
import type { Tools } from '../core/tools.ts';
import { engineActor } from './actors.ts';
import type { AuditLog, Draft } from './audit-log.ts';
import type { Catalog } from './catalog.ts';
import type { Executor } from './execute.ts';
import type { Policy } from './policy.ts';

export type CaretakerSetup = {
	readonly audit: AuditLog;
	readonly executor: Executor;
	readonly catalog: Catalog;
	readonly clock: Clock;
	readonly policy: Policy;
	readonly tools: (run: string, operator: string) => Tools;
	/** Whether the process of that name can be proved to be gone. */
	readonly isGone: (executor: string) => boolean;
	/** Is told in a sentence what was found. */
	readonly warn: (says: string) => void;
};

/** How long a look at what a lost run left behind may take. */
const lookMs = 5000;

type In<Kind extends Stage['kind']> = Extract<Stage, { readonly kind: Kind }>;

/**
 * Looks after what time and dead processes leave behind: what nobody answered expires, what was claimed and never
 * begun is claimed anew after its lease, and a run nobody hears of any more is unknown, never run again.
 */
export class Caretaker {
	readonly #setup: CaretakerSetup;
	/** When this process first saw an approval stand approved, by id. */
	readonly #approvedSince = new Map<string, number>();
	readonly #looking = new Set<string>();

	constructor(setup: CaretakerSetup) {
		this.#setup = setup;
	}

	/** Looks at all that is open; to be called every second or so. Never rejects. */
	async look(): Promise<void> {
		const { audit, executor, warn } = this.#setup;
		const due = audit.approvals.filter(
			(approval) => !executor.has(approval.id) && this.#isDue(approval),
		);
		await Promise.all(
			due.map((approval) =>
				this.#careFor(approval).catch((error: unknown) =>
					warn(`${approval.id}: ${reasonOf(error)}`),
				),
			),
		);
	}

	/** Whether time, or a death, asks for a step. */
	#isDue(approval: Approval): boolean {
		const { id, plan, stage } = approval;
		const isLate = this.#now >= Date.parse(plan.notAfter);
		if (stage.kind === 'proposed') return isLate;
		if (stage.kind === 'approved') return isLate || this.#isLeft(approval);
		if (stage.kind === 'claimed') return this.#now >= stage.leaseUntil;
		return stage.kind === 'running' && this.#isLost(id, stage);
	}

	async #careFor(approval: Approval): Promise<void> {
		const { id, stage, plan } = approval;
		if (stage.kind === 'running') return this.#lose(approval, stage);
		if (stage.kind === 'claimed') return this.#release(id, stage);
		if (this.#now >= Date.parse(plan.notAfter)) return this.#expire(id);
		this.#approvedSince.delete(id);
		void this.#setup.executor.execute(id);
	}

	/** Approved, and whoever approved it does not carry it out. Who may do nothing here leaves it to others. */
	#isLeft({ id, plan }: Approval): boolean {
		if (this.#mayNot(plan)) return false;
		const since = this.#approvedSince.get(id) ?? this.#now;
		this.#approvedSince.set(id, since);
		return this.#now - since >= leaseMs;
	}

	#mayNot({ tier }: Plan): boolean {
		return this.#setup.policy.isReadOnly && tier > 0;
	}

	async #expire(id: string): Promise<void> {
		await this.#step(id, (stage) =>
			stage.kind === 'proposed' || stage.kind === 'approved' ? draftOf('expire', {}) : undefined,
		);
	}

	async #release(id: string, { epoch }: In<'claimed'>): Promise<void> {
		const after = await this.#step(id, (stage) =>
			stage.kind === 'claimed' && stage.epoch === epoch ? draftOf('release', { epoch }) : undefined,
		);
		if (after?.stage.kind === 'approved' && !this.#mayNot(after.plan))
			void this.#setup.executor.execute(id);
	}

	async #lose(approval: Approval, running: In<'running'>): Promise<void> {
		const { id } = approval;
		if (this.#looking.has(id)) return;
		this.#looking.add(id);
		try {
			const { epoch } = running;
			const reason = await this.#evidence(approval, running);
			await this.#step(id, (stage) =>
				stage.kind === 'running' && stage.epoch === epoch
					? draftOf('lose', { epoch, reason })
					: undefined,
			);
			this.#setup.warn(`${approval.plan.run} is unknown: ${reason}`);
		} finally {
			this.#looking.delete(id);
		}
	}

	#isLost(id: string, { executor, epoch, startedAt }: In<'running'>): boolean {
		if (this.#setup.isGone(executor)) return true;
		const until = this.#setup.audit.store.leases.until(id, epoch) ?? startedAt + leaseMs;
		return this.#now >= until;
	}

	/** What can be said of a run nobody saw end: when it began, and how its target looks now. */
	async #evidence(approval: Approval, { executor, startedAt }: In<'running'>): Promise<string> {
		const began = `begun ${new Date(startedAt).toISOString()} by ${executor}, which is heard of no more`;
		return `${began}; ${await this.#lookNow(approval)}`;
	}

	async #lookNow({ plan, requestedBy }: Approval): Promise<string> {
		const { catalog, tools, clock } = this.#setup;
		const late = new AbortController();
		const cancel = clock.after(lookMs, () => late.abort());
		try {
			const { action } = catalog.find(plan.action);
			const changed = await action.precheck(plan, tools(plan.run, requestedBy.name), late.signal);
			return `now: ${changed ?? 'its target is as it was planned'}`;
		} catch (error) {
			return `its target could not be looked at: ${reasonOf(error)}`;
		} finally {
			cancel();
		}
	}

	#step(id: string, decide: (stage: Stage) => Draft | undefined): Promise<Approval | undefined> {
		return this.#setup.audit.step(id, ({ stage }) => decide(stage));
	}

	get #now(): number {
		return this.#setup.clock.now();
	}
}

function draftOf(kind: Draft['kind'], detail: Draft['detail']): Draft {
	return { kind, actor: engineActor, detail };
}
