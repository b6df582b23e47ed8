import { Refusal } from '../core/action.ts';
import type { Actor, Approval } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import type { RespondFromEngine, RespondToEngine } from '../core/respond-session.ts';
import type { FromEngine, ToEngine } from '../core/session.ts';
import type { About } from './deeds.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Respond } from './respond.ts';
import { searchAudit } from './search-audit.ts';
import type { Waking } from './waking.ts';

export type RespondSessionSetup = {
	readonly respond: Respond;
	readonly rehearsal: Rehearsal;
	readonly waking: Waking;
	/** What a row of the log says; undefined where it has fallen or cannot be read. */
	readonly about: (seq: number) => About | undefined;
	readonly refsOf: (seqs: readonly number[]) => readonly string[];
	readonly send: (message: FromEngine) => void;
	readonly onClose: () => void;
};

type Of<Type extends RespondToEngine['type']> = Extract<RespondToEngine, { readonly type: Type }>;

/** What changed is told at most so often, and the last change always. */
const paceMs = 100;
/** As many tags of what is fired at once are written down. */
const maxTags = 20;

/** One console's questions about rules, approvals, runs and audit, and the news it is told. */
export class RespondSession {
	readonly #setup: RespondSessionSetup;
	readonly #me: Actor;
	#watched: string | undefined;
	#linesSent = -1;
	#marksSent = '';
	#rulesSent = '';
	#cancelTimer: (() => void) | undefined;
	#sentAt = Number.NEGATIVE_INFINITY;
	#isClosed = false;
	#isStale = true;
	#limitsSent = '';

	constructor(setup: RespondSessionSetup) {
		this.#setup = setup;
		this.#me = setup.respond.setup.operator;
		this.touch();
	}

	/** Carries out what the console asked for; false for what is none of its messages. Never throws. */
	receive(message: ToEngine): boolean {
		if (message.type === 'fired') return this.#isKeptFromFiring(message);
		const done = this.#receive(message);
		if (done === undefined) return false;
		done.catch((error: unknown) => this.#tell(error));
		return true;
	}

	/** Something changed. */
	touch(): void {
		this.#isStale = true;
		this.look();
	}

	/** Time passed: what that changes is told. */
	look(): void {
		if (this.#cancelTimer || this.#isClosed) return;
		const { clock } = this.#setup.respond.setup;
		const due = Math.max(0, this.#sentAt + paceMs - clock.now());
		this.#cancelTimer = clock.after(due, () => this.#sendNews());
	}

	notice(notice: FromEngine): void {
		if (!this.#isClosed) this.#setup.send(notice);
	}

	close(): void {
		this.#isClosed = true;
		this.#setup.onClose();
		this.#cancelTimer?.();
	}

	#receive(message: ToEngine): Promise<unknown> | undefined {
		const { respond, rehearsal, waking } = this.#setup;
		const { answers, deeds, marks } = respond;
		switch (message.type) {
			case 'deed.asked':
				return this.#answer(message.id, () => this.#ask(message));
			case 'deeds.wanted':
				return this.#offer(message);
			case 'approved':
				return respond.approve(message.approval, message, this.#me);
			case 'rejected':
				return answers.reject(message.approval, message.reason, this.#me);
			case 'snoozed':
				return answers.snooze(message.approval, message.untilMs, this.#me);
			case 'edited':
				return this.#answer(message.id, () =>
					deeds.edit(message.approval, message.params, this.#me, respond.stopped),
				);
			case 'undo.asked':
				return this.#answer(message.id, () =>
					deeds.undo(message.approval, this.#me, respond.stopped),
				);
			case 'retry.asked':
				return this.#answer(message.id, () =>
					deeds.retry(message.approval, this.#me, respond.stopped),
				);
			case 'run.stopped':
				return respond.order(message.approval, message.isWanted ? 'stop' : 'go-on', this.#me);
			case 'run.killed':
				return respond.order(message.approval, 'kill', this.#me);
			case 'settled':
				return answers.settle(message.approval, message.note, this.#me);
			case 'output.wanted':
				return this.#watch(message.approval);
			case 'audit.wanted':
				return this.#search(message);
			case 'explain.wanted':
				return this.#explain(message);
			case 'backtest.wanted':
				return rehearsal
					.backtest(message.rule)
					.then((found) => this.#send({ type: 'backtested', id: message.id, ...found }));
			case 'waking.wanted':
				return waking
					.of(message)
					.then((found) => this.#send({ type: 'waking', id: message.id, ...found }));
			case 'acknowledged':
				return marks.claim(this.#marked(message.seqs), this.#me);
			case 'noted':
				return marks.note(this.#marked(message.seqs), message.text, this.#me);
			case 'silenced':
				return marks.silence(message.filter, message.untilMs, this.#me);
			case 'taken-back':
				return marks.takeBack(message.record, this.#me);
			default:
				return undefined;
		}
	}

	async #ask({ action, seq, target, params }: Of<'deed.asked'>): Promise<Approval> {
		const { respond, about } = this.#setup;
		const what = seq === undefined ? undefined : about(seq);
		if (seq !== undefined && !what)
			throw new Failure('usage', 'this event cannot be read any more');
		const wanted = { action, target, params, about: what };
		const approval = await respond.deeds.ask(wanted, this.#me, respond.stopped);
		if (seq !== undefined) respond.place(approval.id, [seq]);
		return approval;
	}

	/** A plan, or why there is none: a refusal belongs to whoever asked. */
	async #answer(id: number, plan: () => Promise<Approval>): Promise<void> {
		try {
			const approval = await plan();
			// The console is shown the plan it is about to be told of.
			this.#isStale = true;
			this.#sendApprovals();
			this.#send({ type: 'deed.answered', id, approval: approval.id });
		} catch (error) {
			if (!isAnswer(error)) throw error;
			this.#send({ type: 'deed.answered', id, refused: error.message });
		}
	}

	/** Firing is ours to write down, and read-only refuses it here once more. */
	#isKeptFromFiring({ id, source, events }: Extract<ToEngine, { type: 'fired' }>): boolean {
		const { respond, send } = this.#setup;
		if (respond.setup.policy.isReadOnly) {
			const says = 'read-only: nothing is fired';
			send({ type: 'fire.answered', id, isConfirmed: false, says, failed: true });
			return true;
		}
		const tags = events.map(({ tag }) => tag).slice(0, maxTags);
		const detail = { source, tags, events: events.length };
		void respond.record({ kind: 'fire', actor: this.#me, detail });
		return false;
	}

	async #offer({ id, seq }: Of<'deeds.wanted'>): Promise<void> {
		const { respond, about } = this.#setup;
		const what = about(seq);
		const offers = what ? await respond.deeds.offers(what, this.#me, respond.stopped) : [];
		this.#send({ type: 'deeds', id, offers });
	}

	async #watch(approval: string): Promise<void> {
		this.#watched = approval;
		this.#linesSent = -1;
		await this.#sendOutput();
	}

	async #search({ id, text, limit }: Of<'audit.wanted'>): Promise<void> {
		const { store } = this.#setup.respond.audit;
		const records = await searchAudit(store, text, limit);
		this.#send({ type: 'audit', id, records, verdict: await store.verify() });
	}

	async #explain({ id, seq }: Of<'explain.wanted'>): Promise<void> {
		this.#send({ type: 'explained', id, rules: this.#setup.rehearsal.explain(seq) });
	}

	#marked(seqs: readonly number[]) {
		return { seqs, refs: this.#setup.refsOf(seqs) };
	}

	#sendNews(): void {
		this.#cancelTimer = undefined;
		this.#sentAt = this.#setup.respond.setup.clock.now();
		this.#sendApprovals();
		this.#sendMarks();
		this.#sendRules();
		void this.#sendOutput().catch((error: unknown) => this.#tell(error));
	}

	#sendApprovals(): void {
		const { respond, rehearsal } = this.#setup;
		const banner = respond.banner ?? rehearsal.banner;
		const { limits } = respond;
		const passing = JSON.stringify([banner, limits]);
		if (!this.#isStale && passing === this.#limitsSent) return;
		this.#isStale = false;
		this.#limitsSent = passing;
		this.#send({
			type: 'approvals',
			list: respond.audit.approvals,
			runs: respond.executor.states,
			you: this.#me,
			limits,
			bySeq: respond.places,
			isStopped: respond.killSwitch.isPulled,
			...(banner === undefined ? {} : { banner }),
		});
	}

	#sendMarks(): void {
		const marks = this.#setup.respond.marks.all;
		const text = JSON.stringify(marks);
		if (text === this.#marksSent) return;
		this.#marksSent = text;
		this.#send({ type: 'marks', marks });
	}

	#sendRules(): void {
		const rules = this.#setup.rehearsal.info();
		const text = JSON.stringify(rules);
		if (text === this.#rulesSent) return;
		this.#rulesSent = text;
		this.#send({ type: 'rules', rules });
	}

	async #sendOutput(): Promise<void> {
		const watched = this.#watched;
		if (watched === undefined) return;
		const { respond } = this.#setup;
		const run = respond.executor.states.find(({ approval }) => approval === watched);
		if (run && run.lines === this.#linesSent) return;
		this.#linesSent = run?.lines ?? 0;
		// What is over has said all: it is sent once more, and then no longer.
		if (!run) this.#watched = undefined;
		const lines = await respond.audit.store.outputs.read(`R-${watched.slice(2)}`);
		const leftOut = Math.max(0, this.#linesSent - lines.length);
		this.#send({ type: 'output', approval: watched, lines, leftOut });
	}

	/** What cannot be done is a notice; what nobody foresaw is a defect, and said as well. */
	#tell(error: unknown): void {
		const text = isAnswer(error) ? error.message : `a defect of eventctl: ${String(error)}`;
		this.#send({ type: 'notice', tone: 'bad', text });
	}

	#send(message: RespondFromEngine | Extract<FromEngine, { type: 'notice' }>): void {
		if (!this.#isClosed) this.#setup.send(message);
	}
}

function isAnswer(error: unknown): error is Failure | Refusal {
	return error instanceof Failure || error instanceof Refusal;
}
