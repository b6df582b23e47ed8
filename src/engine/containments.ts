import type { Approval, Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { numberIn } from '../core/detail.ts';
import { reasonOf } from '../core/errors.ts';
import { engineActor } from './actors.ts';
import type { AuditLog } from './audit-log.ts';
import type { Policy } from './policy.ts';
import type { Proposer } from './propose.ts';
import { isQuestion, undoUnderWay } from './undo-under-way.ts';

export type ContainmentsSetup = {
	readonly audit: AuditLog;
	readonly proposer: Proposer;
	readonly policy: Policy;
	readonly clock: Clock;
	readonly stopped: AbortSignal;
	readonly onNotice: (tone: 'warn' | 'bad', says: string) => void;
};

/**
 * Asks, when its time is over, whether what was contained still needs to be: by a suggestion to take it back. Nothing
 * is lifted by itself, and a no is asked again after the same time. What stands is read from the store, so that no
 * closed terminal loses it.
 */
export class Containments {
	readonly #setup: ContainmentsSetup;
	/** When to ask about what stands, in milliseconds since the epoch, by approval. */
	readonly #askAt = new Map<string, number>();

	/** To be made before the audit log is opened. */
	constructor(setup: ContainmentsSetup) {
		this.#setup = setup;
		setup.audit.listen((step) => this.#hear(step));
	}

	/** To be called every second or so. Never rejects. */
	async look(): Promise<void> {
		const { policy, onNotice } = this.#setup;
		if (policy.isReadOnly) return;
		for (const id of [...this.#askAt.keys()].filter((one) => this.#isDue(one))) {
			try {
				await this.#ask(id);
			} catch (error) {
				onNotice('bad', reasonOf(error));
			}
		}
	}

	#hear(step: Step): void {
		const approval = this.#setup.audit.get(step.id);
		if (step.kind === 'end' && approval?.stage.kind === 'ok') this.#ended(approval, step.at);
		if (step.kind === 'propose' && approval && !isQuestion(approval)) this.#answered(approval);
		const againMs = numberIn(step, 'asksAgainMs');
		if (againMs !== undefined && this.#askAt.has(step.id)) {
			this.#askAt.set(step.id, Date.parse(step.at) + againMs);
		}
	}

	/** Whoever takes it back by hand has answered the question. */
	#answered({ id, undoes, requestedBy }: Approval): void {
		const { audit, onNotice } = this.#setup;
		const asked = audit.approvals.find((one) => one.undoes === undoes && isQuestion(one));
		if (undoes === undefined || asked === undefined) return;
		const detail = { because: `asked for by hand: ${id}` };
		const decide = ({ stage }: Approval) =>
			stage.kind === 'proposed'
				? ({ kind: 'supersede', actor: requestedBy, detail } as const)
				: undefined;
		audit.step(asked.id, decide).catch((error: unknown) => onNotice('bad', reasonOf(error)));
	}

	#ended({ id, plan, undo, undoes }: Approval, at: string): void {
		if (undoes !== undefined) this.#askAt.delete(undoes);
		if (plan.asksAfterMs === undefined || 'none' in undo) return;
		this.#askAt.set(id, Date.parse(at) + plan.asksAfterMs);
	}

	/** Whoever writes it down first asks: one suggestion however many consoles are open. */
	async #ask(id: string): Promise<void> {
		let isOurs = false;
		const approval = await this.#setup.audit.step(id, ({ plan: { asksAfterMs = 0 } }) => {
			isOurs = this.#isDue(id);
			const detail = { asksAgainMs: asksAfterMs };
			return isOurs ? { kind: 'engine', actor: engineActor, detail } : undefined;
		});
		if (isOurs && approval) await this.#propose(approval);
	}

	#isDue(id: string): boolean {
		if (undoUnderWay(this.#setup.audit, id)) return false;
		return this.#setup.clock.now() >= (this.#askAt.get(id) ?? Number.POSITIVE_INFINITY);
	}

	async #propose({ id, plan, undo, stage }: Approval): Promise<void> {
		const { proposer, stopped, onNotice } = this.#setup;
		const { asksAfterMs: expiresMs, evidence } = plan;
		if ('none' in undo || expiresMs === undefined || !('endedAt' in stage)) return;
		const targets = plan.targets.map(({ name }) => name).join(', ');
		const since = new Date(stage.endedAt).toISOString();
		const what = `${plan.run} ${plan.as ?? plan.action} ${targets} stands since ${since}`;
		const { action, params } = undo;
		const asks = { origin: 'undo', by: engineActor, undoes: id, expiresMs } as const;
		const why = `${what}: is it still needed?`;
		try {
			const asked = await proposer.propose({ action, params, evidence, why, ...asks }, stopped);
			onNotice('warn', `${what}: still needed? ${asked.id} takes it back`);
		} catch (error) {
			onNotice('warn', `${what}, and cannot be taken back from here: ${reasonOf(error)}`);
		}
	}
}
