import type { Actor, Step } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { numberIn, textIn } from '../core/detail.ts';
import { Failure } from '../core/errors.ts';
import type { Mark } from '../core/respond-session.ts';
import type { AuditLog } from './audit-log.ts';
import { mustNotBeReadOnly, type Policy } from './policy.ts';

/** Rows a mark is about: their places in this engine's log, and their names for good. */
export type Marked = { readonly seqs: readonly number[]; readonly refs: readonly string[] };

const kinds = {
	acknowledge: { kind: 'claim', letter: 'C' },
	note: { kind: 'note', letter: 'N' },
	silence: { kind: 'silence', letter: 'S' },
} as const;
type MarkStep = keyof typeof kinds;

/** Claims, notes and silences: T1, ours, taken back by a further step. */
export class Marks {
	readonly #audit: AuditLog;
	readonly #clock: Clock;
	readonly #policy: Policy;
	readonly #marks = new Map<string, Mark>();
	/** Places are this engine's own: what others marked has none here. */
	readonly #seqs = new Map<string, readonly number[]>();

	/** To be made before the audit log is opened, for it hears what was marked before. */
	constructor(audit: AuditLog, clock: Clock, policy: Policy) {
		this.#audit = audit;
		this.#clock = clock;
		this.#policy = policy;
		audit.listen((step) => this.#hear(step));
	}

	/** All that hold, oldest first; a silence that is over is none. */
	get all(): readonly Mark[] {
		const now = this.#clock.now();
		return [...this.#marks.values()].filter(
			({ untilMs }) => untilMs === undefined || untilMs > now,
		);
	}

	claim(marked: Marked, by: Actor): Promise<string> {
		return this.#add('acknowledge', by, marked, {});
	}

	note(marked: Marked, text: string, by: Actor): Promise<string> {
		return this.#add('note', by, marked, { text });
	}

	silence(filter: string, untilMs: number, by: Actor): Promise<string> {
		return this.#add('silence', by, { seqs: [], refs: [] }, { text: filter, untilMs });
	}

	async takeBack(record: string, by: Actor): Promise<void> {
		mustNotBeReadOnly(this.#policy, 1, 'taking a mark back');
		const mark = this.#marks.get(record);
		if (!mark) throw new Failure('usage', `${record} is no mark, or is taken back already`);
		const kind =
			mark.kind === 'silence' ? 'unsilence' : mark.kind === 'note' ? 'note' : 'acknowledge';
		await this.#audit.append(record, { kind, actor: by, detail: { isTakenBack: true } });
	}

	async #add(
		kind: MarkStep,
		actor: Actor,
		{ seqs, refs }: Marked,
		more: { readonly text?: string; readonly untilMs?: number },
	): Promise<string> {
		mustNotBeReadOnly(this.#policy, 1, `a ${kinds[kind].kind}`);
		const detail = { refs, ...more };
		const { id } = await this.#audit.appendNew(kinds[kind].letter, { kind, actor, detail });
		this.#seqs.set(id, seqs);
		const mark = this.#marks.get(id);
		if (mark) this.#marks.set(id, { ...mark, seqs });
		return id;
	}

	#hear(step: Step): void {
		const isBack = step.kind === 'unsilence' || step.detail['isTakenBack'] === true;
		if (isBack) this.#marks.delete(step.id);
		else if (step.kind in kinds)
			this.#marks.set(step.id, this.#markOf(step, step.kind as MarkStep));
	}

	#markOf(step: Step, kind: MarkStep): Mark {
		const untilMs = numberIn(step, 'untilMs');
		const { refs } = step.detail;
		return {
			record: step.id,
			kind: kinds[kind].kind,
			by: step.actor.name,
			at: step.at,
			text: textIn(step, 'text') ?? '',
			seqs: this.#seqs.get(step.id) ?? [],
			refs: Array.isArray(refs) ? refs.filter((ref) => typeof ref === 'string') : [],
			...(untilMs === undefined ? {} : { untilMs }),
		};
	}
}
