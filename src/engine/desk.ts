import type { Decoded } from '../core/criterion.ts';
import type { Evidence } from '../core/plan.ts';
import type { RuleBook } from '../core/rule.ts';
import type { FromEngine } from '../core/session.ts';
import type { Backtest } from '../rules/backtest.ts';
import type { About } from './deeds.ts';
import type { Engine } from './engine.ts';
import { Reactor } from './react.ts';
import { Rehearsal } from './rehearsal.ts';
import type { Respond } from './respond.ts';
import { RespondSession, type RespondSessionSetup } from './respond-session.ts';
import type { Waking } from './waking.ts';

export type DeskSetup = {
	readonly engine: Engine;
	readonly respond: Respond;
	readonly rules: RuleBook;
	/** A rule as it was when it had seen nothing. */
	readonly backtest: (rule: string) => Backtest | undefined;
	/** What would be woken by what is fired. */
	readonly waking: Waking;
};

/** Where events and deeds meet: rules look at the engine's log, plans rest on its rows, consoles are told. */
export class Desk {
	readonly respond: Respond;
	readonly reactor: Reactor;
	readonly #engine: Engine;
	readonly #rehearsal: Rehearsal;
	readonly #waking: Waking;
	readonly #sessions = new Set<RespondSession>();
	/** Notices of a time when nobody listened yet. */
	#early: FromEngine[] = [];

	constructor({ engine, respond, rules, backtest, waking }: DeskSetup) {
		const { log, decoder } = engine;
		const now = () => respond.setup.clock.now();
		const reactor = new Reactor({ log, decoder, respond, rules, cite: (seqs) => this.#cite(seqs) });
		this.#engine = engine;
		this.respond = respond;
		this.reactor = reactor;
		this.#rehearsal = new Rehearsal({ log, decoder, reactor, backtest, now });
		this.#waking = waking;
	}

	/** Reads the store and begins to look after what is open; rejects where the store cannot be read. */
	async start(): Promise<void> {
		this.respond.onChange = () => this.#touch();
		this.respond.onTick = () => {
			this.reactor.look();
			for (const session of this.#sessions) session.look();
		};
		this.respond.onNotice = (notice) => this.#tell(notice);
		await this.respond.start();
	}

	/** Resolves when what was running has ended and is written down. */
	async stop(): Promise<void> {
		await this.respond.stop();
	}

	/** Rows came. */
	arrived(): void {
		this.reactor.touch();
	}

	/** `fire` carries out what may be fired. */
	connect(send: (message: FromEngine) => void, fire: RespondSessionSetup['fire']): RespondSession {
		const session = new RespondSession({
			respond: this.respond,
			rehearsal: this.#rehearsal,
			waking: this.#waking,
			about: (seq) => this.#about(seq),
			refsOf: (seqs) => this.#cite(seqs).map(({ ref }) => ref),
			send,
			fire,
			onClose: () => this.#sessions.delete(session),
		});
		this.#sessions.add(session);
		for (const notice of this.#early.splice(0)) session.notice(notice);
		return session;
	}

	#touch(): void {
		for (const session of this.#sessions) session.touch();
	}

	#tell(notice: FromEngine): void {
		if (this.#sessions.size === 0) this.#early.push(notice);
		for (const session of this.#sessions) session.notice(notice);
	}

	#about(seq: number): About | undefined {
		const event = this.#decoded(seq);
		return event && { facts: event.facts, fields: event.fields, evidence: this.#cite([seq]) };
	}

	/** Keeps rows for as long as plans may be shown with them, and names them. */
	#cite(seqs: readonly number[]): readonly Evidence[] {
		this.#engine.cite(seqs);
		return seqs.flatMap((seq) => {
			const place = this.#place(seq);
			if (!place) return [];
			const ref = this.#engine.decoder.ref(place.slab, place.row);
			return [{ ref, says: this.#decoded(seq)?.facts.summary ?? '' }];
		});
	}

	#decoded(seq: number): Decoded | undefined {
		const place = this.#place(seq);
		return place && this.#engine.decoder.decode(place.slab, place.row);
	}

	#place(seq: number) {
		return this.#engine.log.place(seq) ?? this.#engine.kept.get(seq);
	}
}
