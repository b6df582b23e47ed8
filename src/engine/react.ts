import type { Evidence } from '../core/plan.ts';
import type { RuleBook, RuleTrouble } from '../core/rule.ts';
import type { EventLog, Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import { engineActor, ruleActor } from './actors.ts';
import type { Decoder } from './decoder.ts';
import { Feed } from './feed.ts';
import type { Respond } from './respond.ts';
import { Seldom } from './seldom.ts';
import { Silences } from './silences.ts';
import { Wishes } from './wishes.ts';

export type ReactSetup = {
	readonly log: EventLog;
	readonly decoder: Decoder;
	readonly respond: Respond;
	readonly rules: RuleBook;
	/** Keeps rows that a plan rests on, and names them. */
	readonly cite: (seqs: readonly number[]) => readonly Evidence[];
};

/** A slice of looking; in between, sockets and screens are served. */
const sliceMs = 4;
const batchRows = 64;
/** The same is told once in this time. */
const quietMs = 60_000;

/** Shows every event that rules might want to them, but for what is silenced, and hands on what they wish. */
export class Reactor {
	readonly silences: Silences;
	readonly #setup: ReactSetup;
	readonly #wishes: Wishes;
	readonly #told: Seldom;
	#rules: RuleBook;
	#feed: Feed | undefined;
	#isPumping = false;
	/** Events that went by while the rules paused. */
	#passed = 0;

	constructor(setup: ReactSetup) {
		const { respond, cite, rules, log } = setup;
		this.#setup = setup;
		this.silences = new Silences(setup);
		this.#told = new Seldom(respond.setup.clock);
		this.#wishes = new Wishes({ respond, cite, tell: (what, says) => this.#tell(what, says) });
		this.#rules = rules;
		this.#feed = this.#feedFrom(log.first);
	}

	get rules(): RuleBook {
		return this.#rules;
	}

	/** Other rules from the next event on. */
	reload(rules: RuleBook): void {
		const from = this.#feed?.next ?? this.#setup.log.next;
		this.#rules = rules;
		this.#feed = this.#feedFrom(from);
		this.touch();
	}

	/** Something arrived. */
	touch(): void {
		if (this.#isPumping || this.#feed === undefined) return;
		this.#isPumping = true;
		setImmediate(() => {
			this.#isPumping = false;
			this.#run();
		});
	}

	/** Tells what silences and pauses kept from the rules, once they are over; to be called every second or so. */
	look(): void {
		this.silences.look();
		if (this.#passed === 0 || this.banner !== undefined) return;
		const { respond } = this.#setup;
		const events = this.#passed === 1 ? '1 event' : `${this.#passed} events`;
		respond.notice('warn', `rules are at work again: ${events} went by while they paused`);
		const detail = { passed: this.#passed };
		this.#passed = 0;
		void respond.record({ kind: 'engine', actor: engineActor, detail });
	}

	/** Why rules are held back, for the top of the screen. */
	get banner(): string | undefined {
		return this.#wishes.banner;
	}

	#feedFrom(seq: number): Feed | undefined {
		const { filter } = this.#rules;
		if (!filter) return undefined;
		const { log, decoder } = this.#setup;
		const matcher = new Matcher(log, filter.criterion, filter.forGaps, decoder.decode);
		return new Feed(log, matcher, seq);
	}

	#run(): void {
		const feed = this.#feed;
		if (!feed || this.#setup.respond.stopped.aborted) return;
		const until = this.#now + sliceMs;
		const lost = feed.lost();
		if (lost > 0) this.#tell('lost', `${lost} events fell before any rule saw them`);
		while (!feed.isDrained && this.#now < until) {
			for (const place of feed.take(batchRows)) this.#consider(place);
		}
		if (!feed.isDrained) this.touch();
	}

	#consider(place: Place): void {
		const { slab, row } = place;
		const event = this.#setup.decoder.decode(slab, row);
		if (!event) return;
		if (this.banner !== undefined) {
			this.#passed += 1;
			return;
		}
		if (this.silences.keep(place)) return;
		const { wishes, troubles } = this.#rules.consider(slab.first + row, event, this.#now);
		for (const trouble of troubles) this.#hearTrouble(trouble);
		if (wishes.length === 0) return;
		const cause = this.#setup.respond.causes.of(event);
		for (const wish of wishes) this.#wishes.weigh(wish, cause);
	}

	#hearTrouble({ rule, says, isSuspended }: RuleTrouble): void {
		this.#tell(`trouble ${rule} ${isSuspended}`, says);
		if (!isSuspended) return;
		const detail = { rule, suspended: says };
		void this.#setup.respond.record({ kind: 'engine', actor: ruleActor(rule), detail });
	}

	/** The same thing is not said twice in a minute, however often it happens. */
	#tell(what: string, says: string): void {
		if (this.#told.isWithin(what, quietMs)) return;
		this.#told.note(what);
		this.#setup.respond.notice('warn', says);
	}

	get #now(): number {
		return this.#setup.respond.setup.clock.now();
	}
}
