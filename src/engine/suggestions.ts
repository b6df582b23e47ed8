import type { Approval, Step } from '../core/approval.ts';
import { numberIn, textIn } from '../core/detail.ts';
import { engineActor } from './actors.ts';
import type { AuditLog } from './audit-log.ts';

/** When and to whom a suggestion is told that nobody answers. */
export type Escalation = { readonly afterMs: number; readonly to: string };

type Known = { readonly id: string; readonly proposedAt: number; readonly rule: string };

/**
 * Which suggestion each rule last made about what: of all processes, for the store tells. One at a time is open;
 * where two engines saw the same at once, the later of the two is superseded.
 */
export class Suggestions {
	readonly #audit: AuditLog;
	readonly #latest = new Map<string, Known>();
	readonly #escalations = new Map<string, Escalation>();
	readonly #escalated = new Set<string>();
	readonly #repeats = new Map<string, number>();

	/** To be made before the audit log is opened. */
	constructor(audit: AuditLog) {
		this.#audit = audit;
		audit.listen((step) => this.#hear(step));
	}

	/** The open suggestion of a rule about `key`. */
	open(rule: string, key: string): Approval | undefined {
		const known = this.#latest.get(identity(rule, key));
		const approval = known && this.#audit.get(known.id);
		return approval?.stage.kind === 'proposed' ? approval : undefined;
	}

	/** Milliseconds since the epoch of the last suggestion of a rule about `key`. */
	lastAt(rule: string, key: string): number | undefined {
		return this.#latest.get(identity(rule, key))?.proposedAt;
	}

	escalationOf(id: string): Escalation | undefined {
		return this.#escalations.get(id);
	}

	isEscalated(id: string): boolean {
		return this.#escalated.has(id);
	}

	/** The same again; written down with the next flush. */
	repeat(id: string, more = 1): void {
		this.#repeats.set(id, (this.#repeats.get(id) ?? 0) + more);
	}

	/** Writes down what was repeated since the last time; a flood costs one record per suggestion. */
	async flush(): Promise<void> {
		const pending = [...this.#repeats];
		this.#repeats.clear();
		for (const [id, more] of pending) {
			await this.#audit.step(id, ({ stage, repeats }) =>
				stage.kind === 'proposed'
					? { kind: 'repeat', actor: engineActor, detail: { count: repeats + more } }
					: undefined,
			);
		}
	}

	#hear(step: Step): void {
		if (step.kind === 'escalate') this.#escalated.add(step.id);
		if (step.kind === 'propose') this.#learn(step);
		const stage = this.#audit.get(step.id)?.stage.kind;
		if (stage === undefined || stage === 'proposed') return;
		this.#escalations.delete(step.id);
		this.#escalated.delete(step.id);
		this.#repeats.delete(step.id);
	}

	#learn(step: Step): void {
		const [rule, key] = [textIn(step, 'rule'), textIn(step, 'key')];
		if (rule === undefined || key === undefined) return;
		const afterMs = numberIn(step, 'escalateAfterMs');
		const to = textIn(step, 'escalateTo');
		if (afterMs !== undefined && to !== undefined) this.#escalations.set(step.id, { afterMs, to });
		const before = this.open(rule, key);
		const known = { id: step.id, proposedAt: Date.parse(step.at), rule };
		if (before === undefined || before.id > step.id) {
			this.#latest.set(identity(rule, key), known);
		}
		if (before !== undefined && before.id !== step.id) this.#supersede(before.id, step.id);
	}

	/** Of two that are the same the first stays. Whoever hears of it may say so: the store takes one. */
	#supersede(one: string, other: string): void {
		const [first, later] = one < other ? [one, other] : [other, one];
		const detail = { because: `the same as ${first}` };
		const decide = ({ stage }: Approval) =>
			stage.kind === 'proposed'
				? ({ kind: 'supersede', actor: engineActor, detail } as const)
				: undefined;
		// A store that cannot be written is told of by the log itself, and two cards do no harm.
		this.#audit.step(later, decide).catch(() => {});
	}
}

function identity(rule: string, key: string): string {
	return `${rule}\0${key}`;
}
