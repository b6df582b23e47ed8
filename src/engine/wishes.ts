import type { Approval } from '../core/approval.ts';
import type { Cause } from '../core/cause.ts';
import { reasonOf } from '../core/errors.ts';
import type { Evidence } from '../core/plan.ts';
import type { Wish } from '../core/rule.ts';
import { engineActor, ruleActor } from './actors.ts';
import { Breaker } from './breaker.ts';
import { Bucket } from './bucket.ts';
import type { Respond } from './respond.ts';
import { Seldom } from './seldom.ts';

export type WishesSetup = {
	readonly respond: Respond;
	/** Keeps rows that a plan rests on, and names them. */
	readonly cite: (seqs: readonly number[]) => readonly Evidence[];
	/** Tells the operator, the same thing once in a while. */
	readonly tell: (what: string, says: string) => void;
};

/** What was refused is not tried again sooner, whatever the cool-down; milliseconds. */
const refusedMs = 60_000;

/** Weighs what rules want against cool-downs, rates and the breaker, and turns the rest into suggestions and messages. */
export class Wishes {
	readonly #setup: WishesSetup;
	readonly #breaker: Breaker;
	readonly #buckets = new Map<string, Bucket>();
	/** What is being planned, and how often it was wanted again meanwhile. */
	readonly #planning = new Map<string, number>();
	readonly #refused: Seldom;

	constructor(setup: WishesSetup) {
		const { clock, policy } = setup.respond.setup;
		this.#setup = setup;
		this.#breaker = new Breaker(policy.breaker);
		this.#refused = new Seldom(clock);
	}

	/** Why rules are held back, for the top of the screen. */
	get banner(): string | undefined {
		const until = this.#breaker.openUntil(this.#now);
		if (until === undefined) return undefined;
		const { breaker } = this.#setup.respond.setup.policy;
		return `rules pause until ${new Date(until).toISOString().slice(11, 19)} UTC: more than ${breaker} suggestions or runs in a minute`;
	}

	/** Whether a wish may become a suggestion; only then it is planned. */
	weigh(wish: Wish, cause: Cause | undefined): void {
		if (wish.use === 'notify' && this.#setup.respond.setup.policy.isReadOnly) return;
		if (this.#isRepeated(wish) || this.#isCooling(wish)) return;
		const rule = wish.rule.id;
		if (!this.#bucketOf(rule).take(this.#now)) {
			this.#setup.tell(`rate ${rule}`, `${rule} is held back: it suggests too much`);
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
		const quietMs = Math.max(refusedMs, wish.cooldownMs);
		if (this.#refused.isWithin(identityOf(wish), quietMs)) return true;
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
			respond.places.remember(approval.id, wish.seqs);
			const again = this.#planning.get(identityOf(wish)) ?? 0;
			if (again > 0) respond.suggestions.repeat(approval.id, again);
			if (wish.use === 'notify') await this.#send(approval);
		} catch (error) {
			this.#refused.note(identityOf(wish));
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
		this.#setup.tell(`refused ${rule.id} ${reason}`, says);
		const detail = { rule: rule.id, action, refused: reason, why };
		await this.#setup.respond.record({ kind: 'engine', actor: ruleActor(rule.id), detail });
	}

	#trip(): void {
		const says = this.banner ?? '';
		this.#setup.tell('breaker', says);
		const detail = { breaker: says };
		void this.#setup.respond.record({ kind: 'engine', actor: engineActor, detail });
	}

	#bucketOf(rule: string): Bucket {
		const { suggestions, withinMs } = this.#setup.respond.setup.policy.rate;
		const bucket = this.#buckets.get(rule) ?? new Bucket(suggestions, withinMs, this.#now);
		this.#buckets.set(rule, bucket);
		return bucket;
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
