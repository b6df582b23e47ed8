import type { Actor, Approval, Step } from '../core/approval.ts';
import type { AuditLog } from './audit-log.ts';

/** Runs that ended when nobody looked: after the screen was left, or by another process. Told once to who approved them. */
export class Away {
	readonly #audit: AuditLog;
	readonly #unseen = new Set<string>();

	/** To be made before the audit log is opened. */
	constructor(audit: AuditLog) {
		this.#audit = audit;
		audit.listen((step) => this.#hear(step));
	}

	/** What ended while this person was away, in sentences; told by that, and written down as told. */
	async tell(actor: Actor): Promise<readonly string[]> {
		const all = [...this.#unseen].flatMap((id) => this.#audit.get(id) ?? []);
		const own = all.filter(
			({ stage }) => 'endedAt' in stage && stage.by.some(({ id }) => id === actor.id),
		);
		if (own.length === 0) return [];
		const told = own.map(({ id }) => id);
		await this.#audit.appendNew('E', { kind: 'engine', actor, detail: { told } });
		return own.map((approval) => `${endWords(approval)}, while you were away`);
	}

	#hear({ id, kind, detail }: Step): void {
		if (kind === 'end' && detail['isUnseen'] === true) this.#unseen.add(id);
		const { told } = detail;
		if (Array.isArray(told)) for (const seen of told) this.#unseen.delete(String(seen));
	}
}

/** How a run ended: `R-0098 host.lockdown web12: ok, 98 s`. */
export function endWords({ plan, stage }: Approval): string {
	const target = plan.targets.map(({ name }) => name).join(', ');
	const what = `${plan.run} ${plan.as ?? plan.action} ${target}`.trimEnd();
	if (!('endedAt' in stage)) return `${what}: ${stage.kind}`;
	const took =
		stage.startedAt === undefined
			? ''
			: `, ${Math.round((stage.endedAt - stage.startedAt) / 100) / 10} s`;
	const why = stage.reason === undefined ? '' : `: ${stage.reason}`;
	return `${what}: ${stage.kind}${took}${why}`;
}
