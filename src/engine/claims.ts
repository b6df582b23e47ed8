import type { Approval, Stage } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import type { JsonObject, Undo } from '../core/plan.ts';
import { leaseMs } from '../core/stage.ts';
import { engineActor } from './actors.ts';
import type { AuditLog, Draft } from './audit-log.ts';
import type { OnFailpoint } from './failpoint.ts';
import type { Result } from './perform.ts';

/** What this process has claimed: nobody else begins it while the lease holds. */
export type Claim = {
	readonly approval: Approval;
	readonly epoch: number;
	/** Milliseconds since the epoch. */
	readonly until: number;
};

export type ClaimsSetup = {
	readonly audit: AuditLog;
	readonly clock: Clock;
	/** Names this process: `web12/4711/88210`. */
	readonly executor: string;
	readonly failpoint?: OnFailpoint;
};

type Held = Extract<Stage, { readonly kind: 'claimed' | 'running' }>;

/** Signs of life are given this often: three of them within one lease. */
const beatMs = leaseMs / 3;
const againMs = 1000;

/** The durable steps of one execution, from the claim to the outcome: each applies to its own claim only. */
export class Claims {
	readonly #setup: ClaimsSetup;

	constructor(setup: ClaimsSetup) {
		this.#setup = setup;
	}

	/** Undefined where somebody else has it, or its time is over. */
	async take(id: string): Promise<Claim | undefined> {
		const { audit, executor, clock } = this.#setup;
		await this.#reach('before claim');
		const claimedAt = clock.now();
		let epoch = 0;
		const approval = await audit.step(id, ({ stage, plan, contentHash }) => {
			if (stage.kind !== 'approved') return undefined;
			if (clock.now() >= Date.parse(plan.notAfter)) {
				return { kind: 'expire', actor: engineActor, detail: {} };
			}
			epoch = stage.epoch + 1;
			return { kind: 'claim', actor: engineActor, contentHash, detail: { executor, epoch } };
		});
		const isOurs = approval?.stage.kind === 'claimed' && this.#isBy(approval.stage, epoch);
		if (!isOurs) return undefined;
		await this.#reach('after claim');
		return { approval, epoch, until: claimedAt + leaseMs };
	}

	/** The fence: true for one process only, and only while its lease holds. */
	async intend(claim: Claim): Promise<boolean> {
		await this.#reach('before intend');
		const { approval, epoch, until } = claim;
		const { executor, clock } = this.#setup;
		const { contentHash } = approval;
		const detail = { executor, epoch, steps: approval.plan.steps.map(({ command }) => command) };
		const after = await this.#record(claim, (stage) =>
			stage.kind === 'claimed' && this.#isBy(stage, epoch)
				? { kind: 'intend', actor: engineActor, contentHash, detail }
				: undefined,
		);
		const isOurs = after?.stage.kind === 'running' && this.#isBy(after.stage, epoch);
		await this.#reach('after intend');
		return isOurs && clock.now() < until;
	}

	/** What takes back what the run does next: durable when this resolves. */
	async keepUndo(claim: Claim, undo: Undo): Promise<void> {
		await this.#reach('before undo');
		const { epoch } = claim;
		await this.#record(claim, (stage) =>
			stage.kind === 'running' && stage.epoch === epoch
				? { kind: 'undo-known', actor: engineActor, detail: { undo, epoch } }
				: undefined,
		);
		await this.#reach('after undo');
	}

	/**
	 * How it ended, and what is to be known of that beside. A result that cannot be written now is tried again for a
	 * lease: after that it counts as unknown to everybody.
	 */
	async end(claim: Claim, result: Result, more: JsonObject): Promise<void> {
		await this.#reach('before end');
		const { clock, executor } = this.#setup;
		const { epoch } = claim;
		const detail = { ...result, executor, epoch, ...more };
		const until = clock.now() + leaseMs;
		for (;;) {
			try {
				await this.#record(claim, (stage) =>
					mayEnd(stage, claim, result) ? { kind: 'end', actor: engineActor, detail } : undefined,
				);
				await this.#reach('after end');
				return;
			} catch (error) {
				if (clock.now() >= until) throw error;
				await new Promise<void>((resolve) => clock.after(againMs, resolve));
			}
		}
	}

	/** Gives signs of life until the returned function is called. */
	beat({ approval, epoch }: Claim): () => void {
		const { audit, clock } = this.#setup;
		let cancel = () => {};
		const beat = () => {
			audit.store.leases.renew(approval.id, epoch, Math.floor(clock.now()) + leaseMs);
			cancel = clock.after(beatMs, beat);
		};
		beat();
		return () => cancel();
	}

	/** Writes one step of a claim: `decide` sees the stage as it stands, and is asked once that step stands no more. */
	#record({ approval }: Claim, decide: (stage: Stage) => Draft | undefined) {
		return this.#setup.audit.step(approval.id, ({ stage }) => decide(stage));
	}

	#isBy(stage: Held, epoch: number): boolean {
		return stage.executor === this.#setup.executor && stage.epoch === epoch;
	}

	async #reach(at: Parameters<OnFailpoint>[0]): Promise<void> {
		await this.#setup.failpoint?.(at);
	}
}

/** An unknown is only ever ended by what is known. */
function mayEnd(stage: Stage, { epoch }: Claim, { outcome }: Result): boolean {
	if (stage.kind === 'unknown') {
		return stage.epoch === epoch && (outcome === 'ok' || outcome === 'failed');
	}
	return (stage.kind === 'claimed' || stage.kind === 'running') && stage.epoch === epoch;
}
