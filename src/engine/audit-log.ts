import type { Actor, Approval, Step, StepKind } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import { reasonOf } from '../core/errors.ts';
import { proposed, stepped } from '../core/fold.ts';
import type { JsonObject } from '../core/plan.ts';
import type { Redact } from '../core/redact.ts';
import type { Conflict, Store } from '../core/store.ts';

/** A step before it has a revision and a time. */
export type Draft = {
	readonly kind: StepKind;
	readonly actor: Actor;
	readonly contentHash?: string;
	readonly detail: JsonObject;
};

/** Ended approvals that are remembered beside all that are open; older ones are read from the store. */
const rememberedEnds = 200;

/**
 * The store as the engine sees it: every step of every process is folded as it comes, so that approvals are at hand
 * and the next free number is known. What it appends is redacted first, for the fold must be the store's own.
 */
export class AuditLog {
	readonly store: Store;
	/** Why the last write failed; undefined where it did not. Nothing is begun that cannot be written down. */
	trouble: string | undefined;
	readonly #clock: Clock;
	readonly #redact: Redact;
	readonly #approvals = new Map<string, Approval>();
	readonly #revisions = new Map<string, number>();
	/** The highest number given out by letter: also to a plan that is still being made. */
	readonly #numbers = new Map<string, number>();
	readonly #listeners = new Set<(step: Step) => void>();
	readonly #stop = new AbortController();
	#watching: Promise<void> = Promise.resolve();

	constructor(store: Store, clock: Clock, redact: Redact) {
		this.store = store;
		this.#clock = clock;
		this.#redact = redact;
	}

	/** Reads all that was written so far; from then on hears every further step. */
	async open(): Promise<void> {
		let seq = 0;
		for await (const kept of this.store.list({})) {
			this.#take(kept.step);
			seq = kept.seq;
		}
		this.#watching = this.#watch(seq);
	}

	async close(): Promise<void> {
		this.#stop.abort();
		await this.#watching;
	}

	/** Is called for every step that is new to this process, its own and others'. */
	listen(onStep: (step: Step) => void): () => void {
		this.#listeners.add(onStep);
		return () => this.#listeners.delete(onStep);
	}

	get approvals(): readonly Approval[] {
		return [...this.#approvals.values()];
	}

	get(id: string): Approval | undefined {
		return this.#approvals.get(id);
	}

	/** An approval however old; undefined where there is none of that id. */
	async find(id: string): Promise<Approval | undefined> {
		return this.#approvals.get(id) ?? (await this.refreshed(id));
	}

	/** The approval as the store has it this very moment. */
	async refreshed(id: string): Promise<Approval | undefined> {
		let approval: Approval | undefined;
		for await (const { step } of this.store.list({ id })) {
			this.#take(step);
			approval = approval ? stepped(approval, step) : proposed(step);
		}
		return approval;
	}

	/** The next number nobody has: `A-0098`. */
	newId(letter: string): string {
		const number = (this.#numbers.get(letter) ?? 0) + 1;
		this.#numbers.set(letter, number);
		return `${letter}-${String(number).padStart(4, '0')}`;
	}

	/** Appends as the next revision this process knows of; throws where the store cannot be written. */
	async append(id: string, draft: Draft, rev = this.#revisions.get(id) ?? 0) {
		const step: Step = { ...this.#redacted(draft), id, rev: rev + 1, at: this.now() };
		const answer = await this.#written(step, { id, rev });
		if ('conflict' in answer) return answer;
		this.#take(step);
		return step;
	}

	/** Appends the first step of an id of its own, whatever numbers others take meanwhile. */
	async appendNew(letter: string, draft: Draft): Promise<Step> {
		for (;;) {
			const answer = await this.append(this.newId(letter), draft, 0);
			if (!('conflict' in answer)) return answer;
		}
	}

	/**
	 * Appends to an approval what `decide` makes of it as it stands; asked anew where somebody else was faster, until
	 * it has nothing more to say. Resolves with the approval as it then is.
	 */
	async step(
		id: string,
		decide: (approval: Approval) => Draft | undefined,
	): Promise<Approval | undefined> {
		let approval = await this.find(id);
		while (approval) {
			const draft = decide(approval);
			if (!draft) return approval;
			const answer = await this.append(id, draft, approval.rev);
			if (!('conflict' in answer)) return stepped(approval, answer);
			approval = await this.refreshed(id);
		}
		return undefined;
	}

	/** RFC 3339, UTC, in milliseconds. */
	now(): string {
		return new Date(this.#clock.now()).toISOString();
	}

	#redacted(draft: Draft): Draft {
		return { ...draft, detail: this.#redact.object(draft.detail) };
	}

	async #written(
		step: Step,
		expect: { readonly id: string; readonly rev: number },
	): Promise<{ readonly seq: number } | Conflict> {
		try {
			const answer = await this.store.append(step, expect);
			this.trouble = undefined;
			return answer;
		} catch (error) {
			this.trouble = `the store cannot be written: ${reasonOf(error)}`;
			throw error;
		}
	}

	async #watch(from: number): Promise<void> {
		for await (const { step } of this.store.watch(from, this.#stop.signal)) this.#take(step);
	}

	/** Folds a step once: own steps are also heard from the store. */
	#take(step: Step): void {
		if (step.rev <= (this.#revisions.get(step.id) ?? 0)) return;
		this.#revisions.set(step.id, step.rev);
		this.#count(step.id);
		const before = this.#approvals.get(step.id);
		const after = before ? stepped(before, step) : proposed(step);
		if (after) this.#remember(after);
		for (const listener of this.#listeners) listener(step);
	}

	#count(id: string): void {
		const [, letter = '', digits = ''] = /^([A-Z])-(\d+)$/.exec(id) ?? [];
		this.#numbers.set(letter, Math.max(this.#numbers.get(letter) ?? 0, Number(digits)));
	}

	#remember(approval: Approval): void {
		this.#approvals.set(approval.id, approval);
		if (!isOver(approval)) return;
		const ended = this.approvals.filter(isOver);
		for (const { id } of ended.slice(0, -rememberedEnds)) this.#approvals.delete(id);
	}
}

const over: readonly Approval['stage']['kind'][] = [
	'ok',
	'failed',
	'refused',
	'settled',
	'rejected',
	'expired',
	'superseded',
];

/** Whether nothing more can come of it. */
export function isOver({ stage }: Approval): boolean {
	return over.includes(stage.kind);
}
