import type { Actor } from '../core/approval.ts';
import type { AuditLog } from './audit-log.ts';
import { mustNotBeReadOnly, type Policy } from './policy.ts';

/** One chain for all processes: whoever pulled or lifted it last is right. */
const id = 'E-stop';

/** `eventctl stop --all`: durable, for everybody who shares the store, until somebody lifts it. */
export class KillSwitch {
	readonly #audit: AuditLog;
	readonly #policy: Policy;
	#reason: string | undefined;

	constructor(audit: AuditLog, policy: Policy) {
		this.#audit = audit;
		this.#policy = policy;
	}

	/** As last read; `reason()` reads. */
	get isPulled(): boolean {
		return this.#reason !== undefined;
	}

	/** Why nothing may begin, as the store says now; undefined where nothing is stopped. */
	async reason(): Promise<string | undefined> {
		const step = await this.#audit.store.last(id);
		this.#reason =
			step?.kind === 'stop-all'
				? `${step.actor.name} stopped everything at ${step.at}: eventctl stop --clear lifts it`
				: undefined;
		return this.#reason;
	}

	pull(by: Actor, why: string): Promise<void> {
		return this.#turn('stop-all', by, why);
	}

	lift(by: Actor, why: string): Promise<void> {
		return this.#turn('clear-stop', by, why);
	}

	async #turn(kind: 'stop-all' | 'clear-stop', actor: Actor, why: string): Promise<void> {
		mustNotBeReadOnly(
			this.#policy,
			1,
			kind === 'stop-all' ? 'stopping everything' : 'lifting a stop',
		);
		const detail = why === '' ? {} : { why };
		for (;;) {
			const rev = (await this.#audit.store.last(id))?.rev ?? 0;
			const answer = await this.#audit.append(id, { kind, actor, detail }, rev);
			if (!('conflict' in answer)) break;
		}
		await this.reason();
	}
}
