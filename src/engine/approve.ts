import type { Actor, Approval } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { needOf } from '../core/need.ts';
import type { AuditLog, Draft } from './audit-log.ts';
import type { KillSwitch } from './kill-switch.ts';
import { mustNotBeReadOnly, type Policy } from './policy.ts';

/** A yes to one plan, as it stood on the screen. */
export type Yes = {
	readonly contentHash: string;
	readonly typedName?: string | undefined;
	readonly reason?: string | undefined;
};

export type ApproveSetup = {
	readonly audit: AuditLog;
	readonly policy: Policy;
	readonly clock: Clock;
	readonly killSwitch: KillSwitch;
};

/** People's answers to what was proposed. Each throws a Failure that says why an answer does not count. */
export class Answers {
	readonly #setup: ApproveSetup;

	constructor(setup: ApproveSetup) {
		this.#setup = setup;
	}

	/** Resolves with the approval, approved or waiting for a second person; the one who came too late is told who won. */
	async approve(id: string, yes: Yes, by: Actor): Promise<Approval> {
		await this.#mustBeAllowed(id);
		const after = await this.#answer(id, (approval) => {
			mustBeOpen(approval, 'approved');
			this.#mustBeInTime(approval);
			mustFit(approval, yes, by);
			const { reason } = yes;
			const detail = reason === undefined ? {} : { reason };
			return { kind: 'approve', actor: by, contentHash: approval.contentHash, detail };
		});
		if (after.stage.kind === 'proposed' && !after.stage.by.some(isThe(by))) {
			throw new Failure('refused', `${id}: your yes does not count for a T${after.plan.tier}`);
		}
		return after;
	}

	async reject(id: string, reason: string, by: Actor): Promise<Approval> {
		mustNotBeReadOnly(this.#setup.policy, 1, 'a rejection');
		return this.#answer(id, (approval) => {
			mustBeOpen(approval, 'rejected');
			return { kind: 'reject', actor: by, detail: { reason } };
		});
	}

	async snooze(id: string, until: number, by: Actor): Promise<Approval> {
		mustNotBeReadOnly(this.#setup.policy, 1, 'a snooze');
		return this.#answer(id, (approval) => {
			mustBeOpen(approval, 'snoozed');
			const detail = { until: new Date(until).toISOString() };
			return { kind: 'snooze', actor: by, detail };
		});
	}

	/** Ends an unknown by what a person found out. */
	async settle(id: string, note: string, by: Actor): Promise<Approval> {
		mustNotBeReadOnly(this.#setup.policy, 1, 'a note on a run');
		if (note.trim() === '') {
			throw new Failure('usage', `${id}: to settle it say what you found`);
		}
		return this.#answer(id, (approval) => {
			if (approval.stage.kind !== 'unknown') {
				throw new Failure(
					'refused',
					`${id} is ${stageWords(approval)}: only an unknown is settled`,
				);
			}
			return { kind: 'settle', actor: by, detail: { note } };
		});
	}

	/** One draft, once: what the store refused because somebody was faster is judged anew. */
	async #answer(id: string, decide: (approval: Approval) => Draft): Promise<Approval> {
		const after = await this.#setup.audit.step(id, decide);
		if (after) return after;
		throw new Failure('usage', `there is no approval ${id}: eventctl approvals list shows which`);
	}

	async #mustBeAllowed(id: string): Promise<void> {
		const { audit, policy, killSwitch } = this.#setup;
		const tier = (await audit.find(id))?.plan.tier ?? 0;
		mustNotBeReadOnly(policy, tier, id);
		const stopped = await killSwitch.reason();
		if (stopped !== undefined) throw new Failure('refused', stopped);
	}

	#mustBeInTime({ id, plan }: Approval): void {
		if (this.#setup.clock.now() < Date.parse(plan.notAfter)) return;
		throw new Failure('refused', `${id} expired at ${plan.notAfter}: ask for it again`);
	}
}

function mustBeOpen(approval: Approval, what: string): void {
	const { id, stage } = approval;
	if (stage.kind === 'proposed') return;
	const isOpen = stage.kind === 'approved' && what === 'rejected';
	if (!isOpen)
		throw new Failure('refused', `${id} cannot be ${what}: it is ${stageWords(approval)}`);
}

function mustFit({ id, plan, contentHash, stage }: Approval, yes: Yes, by: Actor): void {
	if (yes.contentHash !== contentHash) {
		throw new Failure('refused', `${id} is another plan by now: look at it again`);
	}
	const { typedName } = needOf(plan, contentHash);
	if (typedName !== undefined && yes.typedName !== typedName) {
		throw new Failure('unconfirmed', `${id} is T${plan.tier}: it takes the name ${typedName}`);
	}
	if (typedName !== undefined && (yes.reason ?? '').trim() === '') {
		throw new Failure('unconfirmed', `${id} is T${plan.tier}: it takes a reason`);
	}
	const said = stage.kind === 'proposed' && stage.by.some(isThe(by));
	if (said) throw new Failure('refused', `${id} has your yes: it waits for a second person`);
}

function isThe({ id }: Actor): (actor: Actor) => boolean {
	return (actor) => actor.id === id;
}

/** Where it stands and who brought it there: `approved by ivan`. */
export function stageWords({ stage }: Approval): string {
	switch (stage.kind) {
		case 'rejected':
			return `rejected by ${stage.by.name}: ${stage.reason}`;
		case 'settled':
			return `settled by ${stage.by.name}: ${stage.note}`;
		case 'superseded':
			return `superseded: ${stage.because}`;
		case 'expired':
			return 'expired';
		default: {
			const names = stage.by.map(({ name }) => name).join(' and ');
			return names ? `${stage.kind}, approved by ${names}` : stage.kind;
		}
	}
}
