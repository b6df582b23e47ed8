import type { Approval } from '../core/approval.ts';
import type { Cause } from '../core/cause.ts';
import { reasonOf } from '../core/errors.ts';
import type { Evidence } from '../core/plan.ts';
import type { RuleBook, RuleTrouble, Wish } from '../core/rule.ts';
import type { EventLog, Place } from '../log/event-log.ts';
import { Matcher } from '../log/matcher.ts';
import { engineActor, ruleActor } from './actors.ts';
import { Breaker } from './breaker.ts';
import { Bucket } from './bucket.ts';
import type { Decoder } from './decoder.ts';
import { Feed } from './feed.ts';
import type { Respond } from './respond.ts';

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
/** The same trouble of a rule is told once in this time. */
const quietMs = 60_000;
const maxRemembered = 1000;

/** Shows every event that rules might want to them, and turns their wishes into suggestions and messages. */
export class Reactor {
	readonly #setup: ReactSetup;
	readonly #breaker: Breaker;
	readonly #buckets = new Map<string, Bucket>();
	/** What is being planned, by rule and key, and how often it was wanted again meanwhile. */
	readonly #planning = new Map<string, number>();
	readonly #toldAt = new Map<string, number>();
	/** When a wish was last refused: by rule and key. */
	readonly #refusedAt = new Map<string, number>();
	#rules: RuleBook;
	#feed: Feed | undefined;
	#isPumping = false;

	constructor(setup: ReactSetup) {
		this.#setup = setup;
		this.#breaker = new Breaker(setup.respond.setup.policy.breaker);
		this.#rules = setup.rules;
		this.#feed = this.#feedFrom(setup.log.first);
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

	/** Why rules are held back, for the top of the screen. */
	get banner(): string | undefined {
		const until = this.#breaker.openUntil(this.#now);
		if (until === undefined) return undefined;
		const { breaker } = this.#setup.respond.setup.policy;
		return `rules pause until ${new Date(until).toISOString().slice(11, 19)} UTC: more than ${breaker} suggestions or runs in a minute`;
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

	#consider({ slab, row }: Place): void {
		const seq = slab.first + row;
		const event = this.#setup.decoder.decode(slab, row);
		if (!event || this.banner !== undefined) return;
		const { wishes, troubles } = this.#rules.consider(seq, event, this.#now);
		for (const trouble of troubles) this.#hearTrouble(trouble);
		if (wishes.length === 0) return;
		const cause = this.#setup.respond.causes.of(event);
		for (const wish of wishes) this.#weigh(wish, cause);
	}

	/** Whether a wish may become a suggestion; only then it is planned. */
	#weigh(wish: Wish, cause: Cause | undefined): void {
		if (wish.use === 'notify' && this.#setup.respond.setup.policy.isReadOnly) return;
		if (this.#isRepeated(wish) || this.#isCooling(wish)) return;
		const rule = wish.rule.id;
		if (!this.#bucketOf(rule).take(this.#now)) {
			this.#tell(`rate ${rule}`, `${rule} is held back: it suggests too much`);
			return;
		}
		if (this.#breaker.count(this.#now)) this.#trip();
		const identity = identityOf(wish);
		this.#planning.set(identity, 0);
		void this.#fulfil(wish, cause).finally(() => this.#planning.delete(identity));
	}

	/** The same is open or on its way already: it is counted there. */
	#isRepeated(wish: Wish): boolean {
		const { suggestions } = this.#setup.respond;
		const open = suggestions.open(wish.rule.id, keyOf(wish));
		if (open) suggestions.repeat(open.id);
		const identity = identityOf(wish);
		const again = this.#planning.get(identity);
		if (again !== undefined) this.#planning.set(identity, again + 1);
		return open !== undefined || again !== undefined;
	}

	#isCooling(wish: Wish): boolean {
		const { suggestions } = this.#setup.respond;
		const lastAt = suggestions.lastAt(wish.rule.id, keyOf(wish)) ?? 0;
		const refusedAt = this.#refusedAt.get(identityOf(wish)) ?? 0;
		if (this.#now - refusedAt < Math.max(quietMs, wish.cooldownMs)) return true;
		return this.#now - lastAt < wish.cooldownMs;
	}

	async #fulfil(wish: Wish, cause: Cause | undefined): Promise<void> {
		const { respond, cite } = this.#setup;
		try {
			const approval = await respond.proposer.propose(
				{
					action: wish.action,
					params: wish.params,
					origin: 'rule',
					by: ruleActor(wish.rule.id),
					evidence: cite(wish.seqs),
					expiresMs: wish.expiresMs,
					why: wish.why,
					rule: wish.rule,
					key: keyOf(wish),
					cause,
					escalate: wish.escalate ?? respond.setup.policy.escalate,
				},
				respond.stopped,
			);
			respond.place(approval.id, wish.seqs);
			const again = this.#planning.get(identityOf(wish)) ?? 0;
			if (again > 0) respond.suggestions.repeat(approval.id, again);
			if (wish.use === 'notify') await this.#send(approval);
		} catch (error) {
			this.#remember(this.#refusedAt, identityOf(wish));
			await this.#refuse(wish, reasonOf(error));
		}
	}

	/** A message goes by itself while it is T1; raised by configuration it waits like any suggestion. */
	async #send({ id, contentHash, plan }: Approval): Promise<void> {
		if (plan.tier > 1) return;
		await this.#setup.respond.approve(id, { contentHash }, engineActor);
	}

	/** What a rule wanted and could not have is said and written down: it is never just missing. */
	async #refuse({ rule, action, why }: Wish, reason: string): Promise<void> {
		const says = `${rule.id}: ${action} is not suggested: ${reason}`;
		this.#tell(`refused ${rule.id} ${reason}`, says);
		const detail = { rule: rule.id, action, refused: reason, why };
		await this.#setup.respond.record({ kind: 'engine', actor: ruleActor(rule.id), detail });
	}

	#hearTrouble({ rule, says, isSuspended }: RuleTrouble): void {
		this.#tell(`trouble ${rule} ${isSuspended}`, says);
		if (!isSuspended) return;
		const detail = { rule, suspended: says };
		void this.#setup.respond.record({ kind: 'engine', actor: ruleActor(rule), detail });
	}

	#trip(): void {
		const says = this.banner ?? '';
		this.#tell('breaker', says);
		const detail = { breaker: says };
		void this.#setup.respond.record({ kind: 'engine', actor: engineActor, detail });
	}

	#bucketOf(rule: string): Bucket {
		const { suggestions, withinMs } = this.#setup.respond.setup.policy.rate;
		const bucket = this.#buckets.get(rule) ?? new Bucket(suggestions, withinMs, this.#now);
		this.#buckets.set(rule, bucket);
		return bucket;
	}

	/** The same thing is not said twice in a minute, however often it happens. */
	#tell(what: string, says: string): void {
		const last = this.#toldAt.get(what) ?? Number.NEGATIVE_INFINITY;
		if (this.#now - last < quietMs) return;
		this.#remember(this.#toldAt, what);
		this.#setup.respond.notice('warn', says);
	}

	#remember(times: Map<string, number>, what: string): void {
		if (times.size >= maxRemembered) times.clear();
		times.set(what, this.#now);
	}

	get #now(): number {
		return this.#setup.respond.setup.clock.now();
	}
}

/** One open suggestion per rule, action and subject. */
function keyOf({ action, key }: Wish): string {
	return `${action} ${key}`;
}

function identityOf(wish: Wish): string {
	return `${wish.rule.id}\0${keyOf(wish)}`;
}
