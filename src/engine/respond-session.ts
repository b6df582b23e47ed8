import { Refusal } from '../core/action.ts';
import type { Actor, Approval } from '../core/approval.ts';
import { Failure } from '../core/errors.ts';
import type { RespondFromEngine, RespondToEngine } from '../core/respond-session.ts';
import type { FromEngine, ToEngine } from '../core/session.ts';
import type { About } from './deeds.ts';
import { News } from './news.ts';
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
	/** Carries out a fire that nothing stands against. */
	readonly fire: (fired: Fired) => void;
	readonly onClose: () => void;
};

type Fired = Extract<ToEngine, { readonly type: 'fired' }>;
type Of<Type extends RespondToEngine['type']> = Extract<RespondToEngine, { readonly type: Type }>;

/** As many tags of what is fired at once are written down. */
const maxTags = 20;

/** One console's questions about rules, approvals, runs and audit, and the news it is told. */
export class RespondSession {
	readonly #setup: RespondSessionSetup;
	readonly #me: Actor;
	readonly #news: News;
	#isClosed = false;

	constructor(setup: RespondSessionSetup) {
		this.#setup = setup;
		const { respond, rehearsal } = setup;
		this.#me = respond.setup.operator;
		const send = (message: RespondFromEngine) => this.#send(message);
		const onTrouble = (error: unknown) => this.#tell(error);
		this.#news = new News({ respond, rehearsal, send, onTrouble });
	}

	/** Carries out what the console asked for; false for what is none of its messages. Never throws. */
	receive(message: ToEngine): boolean {
		const done = this.#receive(message);
		if (done === undefined) return false;
		done.catch((error: unknown) => this.#tell(error));
		return true;
	}

	/** Something changed. */
	touch(): void {
		this.#news.touch();
	}

	/** Time passed: what that changes is told. */
	look(): void {
		this.#news.look();
	}

	notice(notice: FromEngine): void {
		if (!this.#isClosed) this.#setup.send(notice);
	}

	close(): void {
		this.#isClosed = true;
		this.#setup.onClose();
		this.#news.close();
	}

	#receive(message: ToEngine): Promise<unknown> | undefined {
		const { respond, rehearsal, waking } = this.#setup;
		const { answers, deeds, marks } = respond;
		switch (message.type) {
			case 'fired':
				return this.#fire(message);
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
				return this.#news.watch(message.approval);
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
		if (seq !== undefined) respond.places.remember(approval.id, [seq]);
		return approval;
	}

	/** A plan, or why there is none: a refusal belongs to whoever asked. */
	async #answer(id: number, plan: () => Promise<Approval>): Promise<void> {
		try {
			const approval = await plan();
			this.#news.showApprovals();
			this.#send({ type: 'deed.answered', id, approval: approval.id });
		} catch (error) {
			if (!isAnswer(error)) throw error;
			this.#send({ type: 'deed.answered', id, refused: error.message });
		}
	}

	/** Whoever fires says yes to what that wakes as far as T2; what wakes more takes a plan and its dialog. */
	async #fire(fired: Fired): Promise<void> {
		const { respond, fire } = this.#setup;
		const { source, events } = fired;
		const kept = respond.setup.policy.isReadOnly
			? 'read-only: nothing is fired'
			: await this.#tooMuch(fired);
		if (kept !== undefined) return this.#keptFrom(fired, kept);
		const tags = events.map(({ tag }) => tag).slice(0, maxTags);
		const detail = { source, tags, events: events.length };
		await respond.record({ kind: 'fire', actor: this.#me, detail });
		fire(fired);
	}

	/** Why what it wakes is not woken by one key, looked at as it stands now. */
	async #tooMuch({ source, events }: Fired): Promise<string | undefined> {
		for (const { tag, data } of events) {
			const { tier } = await this.#setup.waking.of({ source, tag, data });
			if (tier > 2) return `${tag} would wake T${tier}: it is planned and asked for first`;
		}
		return undefined;
	}

	#keptFrom({ id }: Fired, says: string): void {
		if (this.#isClosed) return;
		this.#setup.send({ type: 'fire.answered', id, isConfirmed: false, says, failed: true });
	}

	async #offer({ id, seq }: Of<'deeds.wanted'>): Promise<void> {
		const { respond, about } = this.#setup;
		const what = about(seq);
		const offers = what ? await respond.deeds.offers(what, this.#me, respond.stopped) : [];
		this.#send({ type: 'deeds', id, offers });
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
