import type { Approval } from '../core/approval.ts';
import { reasonOf } from '../core/errors.ts';
import { engineActor } from './actors.ts';
import type { Respond } from './respond.ts';

/** Repeats are written down this often at most. */
const flushMs = 5000;

/** Sees to it that no suggestion dies unseen: it is announced again at half of its life, and told to whom it escalates. */
export class Watchman {
	readonly #respond: Respond;
	readonly #announced = new Set<string>();
	readonly #escalating = new Set<string>();
	#flushedAt = 0;

	constructor(respond: Respond) {
		this.#respond = respond;
	}

	/** To be called every second or so. Never rejects. */
	async look(): Promise<void> {
		const { audit, setup, suggestions } = this.#respond;
		const now = setup.clock.now();
		try {
			if (now - this.#flushedAt >= flushMs) {
				this.#flushedAt = now;
				await suggestions.flush();
			}
			for (const approval of audit.approvals) {
				if (isWaiting(approval, now)) await this.#attend(approval, now);
				else if (approval.stage.kind !== 'proposed') this.#forget(approval.id);
			}
		} catch (error) {
			this.#respond.notice('bad', reasonOf(error));
		}
	}

	async #attend(approval: Approval, now: number): Promise<void> {
		const { id, proposedAt, plan } = approval;
		const since = Math.max(Date.parse(proposedAt), Date.parse(approval.snoozedUntil ?? proposedAt));
		const until = Date.parse(plan.notAfter);
		if (now - since >= (until - since) / 2 && !this.#announced.has(id)) {
			this.#announced.add(id);
			this.#respond.notice('warn', `${inWords(approval)} still waits, ${leftWords(until - now)}`);
		}
		const escalation = this.#respond.suggestions.escalationOf(id);
		if (escalation && now - Date.parse(proposedAt) >= escalation.afterMs) {
			await this.#escalate(approval, escalation.to, until - now);
		}
	}

	/** Whoever writes it down first sends it: one message however many consoles are open. */
	async #escalate(approval: Approval, to: string, leftMs: number): Promise<void> {
		const { audit, suggestions, setup } = this.#respond;
		const { id } = approval;
		if (this.#escalating.has(id) || suggestions.isEscalated(id) || setup.policy.isReadOnly) return;
		this.#escalating.add(id);
		let isOurs = false;
		await audit.step(id, ({ stage }) => {
			isOurs = stage.kind === 'proposed' && !suggestions.isEscalated(id);
			return isOurs ? { kind: 'escalate', actor: engineActor, detail: { to } } : undefined;
		});
		if (isOurs) await this.#send(approval, to, leftMs);
	}

	async #send(approval: Approval, to: string, leftMs: number): Promise<void> {
		const { proposer, stopped } = this.#respond;
		const text = `${inWords(approval)} waits for an answer, ${leftWords(leftMs)}. ${approval.why ?? ''}`;
		const { evidence } = approval.plan;
		const message = await proposer.propose(
			{
				action: to,
				params: { text: text.trim() },
				origin: 'rule',
				by: engineActor,
				evidence,
				expiresMs: Math.max(60_000, leftMs),
				why: `nobody answered ${approval.id}`,
			},
			stopped,
		);
		if (message.plan.tier > 1) return;
		await this.#respond.approve(message.id, { contentHash: message.contentHash }, engineActor);
	}

	#forget(id: string): void {
		this.#announced.delete(id);
		this.#escalating.delete(id);
	}
}

function isWaiting({ stage, snoozedUntil }: Approval, now: number): boolean {
	return stage.kind === 'proposed' && Date.parse(snoozedUntil ?? '1970-01-01') <= now;
}

function inWords({ id, plan }: Approval): string {
	return `${id} ${plan.as ?? plan.action} ${plan.targets.map(({ name }) => name).join(', ')}`;
}

function leftWords(ms: number): string {
	return ms < 90_000 ? `${Math.round(ms / 1000)} s left` : `${Math.round(ms / 60_000)} min left`;
}
