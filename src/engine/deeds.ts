import { Refusal } from '../core/action.ts';
import type { Actor, Approval } from '../core/approval.ts';
import { type Clock, pause } from '../core/clock.ts';
import { Failure, reasonOf } from '../core/errors.ts';
import type { Facts } from '../core/facts.ts';
import type { Evidence, JsonObject } from '../core/plan.ts';
import type { DeedOffer } from '../core/respond-session.ts';
import type { Tier } from '../core/tier.ts';
import type { Tools } from '../core/tools.ts';
import { stageWords } from './approve.ts';
import type { AuditLog } from './audit-log.ts';
import { type Catalog, type Entry, tierWith } from './catalog.ts';
import type { KillSwitch } from './kill-switch.ts';
import { mustNotBeReadOnly, type Policy } from './policy.ts';
import type { Proposer, Request } from './propose.ts';
import { isQuestion, undoUnderWay } from './undo-under-way.ts';

/** What an event says about what can be done: its facts, and what names it. */
export type About = {
	readonly facts: Facts;
	readonly fields: Readonly<Record<string, unknown>> | undefined;
	readonly evidence: readonly Evidence[];
};

/** What an operator asks for by hand. */
export type Wanted = {
	readonly action: string;
	readonly about?: About | undefined;
	readonly target?: string | undefined;
	readonly params?: JsonObject | undefined;
	readonly origin?: Approval['origin'];
};

export type DeedsSetup = {
	readonly audit: AuditLog;
	readonly catalog: Catalog;
	readonly policy: Policy;
	readonly killSwitch: KillSwitch;
	readonly proposer: Proposer;
	readonly tools: (run: string, operator: string) => Tools;
	readonly clock: Clock;
};

/** How long what an operator asked for waits for its yes. */
const expiresMs = 5 * 60_000;
/** How long the menu waits for what the world says to an action. */
const offerMs = 1500;

/** Deeds that people ask for: by hand, again, otherwise, and back. Each throws where there can be no plan. */
export class Deeds {
	readonly #setup: DeedsSetup;

	constructor(setup: DeedsSetup) {
		this.#setup = setup;
	}

	async ask(wanted: Wanted, by: Actor, stop: AbortSignal): Promise<Approval> {
		const request = this.requestFor(wanted, by);
		this.mustBeAllowed(request);
		return this.#setup.proposer.propose(request, stop);
	}

	/** What is wanted with all its parameters; throws a Failure where they are not known. */
	requestFor(wanted: Wanted, by: Actor): Request {
		const { action, origin = 'operator', about } = wanted;
		const params = paramsOf(this.#setup.catalog.find(action), wanted);
		return { action, params, origin, by, evidence: about?.evidence ?? [], expiresMs };
	}

	/** Its tier before anybody looks at the world; throws a Failure where nothing of that tier may be asked for here. */
	mustBeAllowed({ action, params }: Pick<Request, 'action' | 'params'>): Tier {
		const entry = this.#setup.catalog.find(action);
		const { name } = entry;
		const tier = tierWith(entry, params);
		mustNotBeReadOnly(this.#setup.policy, tier, name);
		return tier;
	}

	/** The same plan with other parameters: the old one is superseded once the new one stands. */
	async edit(id: string, params: JsonObject, by: Actor, stop: AbortSignal): Promise<Approval> {
		const old = await this.#found(id);
		if (old.stage.kind !== 'proposed') {
			throw new Failure('refused', `${id} cannot be edited: it is ${stageWords(old)}`);
		}
		const edited = await this.#again(old, params, by, stop);
		await this.#setup.audit.step(id, ({ stage }) =>
			stage.kind === 'proposed'
				? { kind: 'supersede', actor: by, detail: { because: `edited: ${edited.id}` } }
				: undefined,
		);
		return edited;
	}

	async retry(id: string, by: Actor, stop: AbortSignal): Promise<Approval> {
		const old = await this.#found(id);
		const { plan, undo, stage } = old;
		const { action } = this.#setup.catalog.find(plan.action);
		// What ended well is done once more from its beginning; what did not goes on where it stopped.
		const rest = stage.kind === 'ok' ? undefined : action.resume?.(plan, undo);
		return this.#again(old, rest ?? plan.params, by, stop);
	}

	/** The inverse of a run, with exactly what was stored before its effect. */
	async undo(id: string, by: Actor, stop: AbortSignal): Promise<Approval> {
		return this.#setup.proposer.propose(await this.undoRequest(id, by), stop);
	}

	/** The same, not planned yet. */
	async undoRequest(id: string, by: Actor): Promise<Request> {
		const { audit } = this.#setup;
		const done = await this.#found(id);
		if (!('startedAt' in done.stage) || done.stage.kind === 'running') {
			throw new Failure('refused', `${id} cannot be undone: it is ${stageWords(done)}`);
		}
		if ('none' in done.undo) throw new Refusal(`${id} cannot be undone: ${done.undo.none}`);
		const other = undoUnderWay(audit, id);
		if (other && !isQuestion(other)) {
			throw new Failure('refused', `${id} is being undone by ${other.id} already`);
		}
		const { action, params } = done.undo;
		this.mustBeAllowed({ action, params });
		const { evidence } = done.plan;
		return { action, params, origin: 'undo', by, evidence, expiresMs, undoes: id };
	}

	/** All actions that fit an event, those that cannot be asked for with the reason why. */
	async offers(about: About, by: Actor, stop: AbortSignal): Promise<readonly DeedOffer[]> {
		const late = new AbortController();
		const over = AbortSignal.any([stop, late.signal]);
		void pause(this.#setup.clock, offerMs, over).then(() => late.abort());
		const offers = this.#setup.catalog.entries.map((entry) => this.#offer(entry, about, by, over));
		const all = await Promise.all(offers);
		late.abort();
		return all.filter((offer) => offer !== undefined);
	}

	async #offer(
		entry: Entry,
		{ facts, fields }: About,
		by: Actor,
		over: AbortSignal,
	): Promise<DeedOffer | undefined> {
		const { action, name, isBound } = entry;
		const params = action.fits(facts, fields);
		if (params === undefined) return undefined;
		const tier = tierWith(entry, params);
		const blocked = this.#blocked(name, tier) ?? (await this.#objection(entry, params, by, over));
		return {
			action: name,
			title: isBound ? `${name}: ${action.title}` : action.title,
			...(action.letter && !isBound ? { letter: action.letter } : {}),
			tier,
			target: inWords(params),
			...(blocked === undefined ? {} : { blocked }),
		};
	}

	#blocked(name: string, tier: Tier): string | undefined {
		const { policy, killSwitch } = this.#setup;
		if (tier === 0) return undefined;
		if (policy.isReadOnly) return `read-only: ${name} is T${tier}`;
		return killSwitch.isPulled
			? 'everything is stopped: eventctl stop --clear lifts it'
			: undefined;
	}

	/** What planning it would say against it; whoever does not answer in time is not waited for. */
	async #objection(entry: Entry, params: JsonObject, by: Actor, over: AbortSignal) {
		const { action, params: bound } = entry;
		const planned = async () => {
			const tools = this.#setup.tools('R-0000', by.name);
			await action.plan(action.parse({ ...params, ...bound }), tools, over);
			return undefined;
		};
		const late = new Promise<undefined>((resolve) => {
			over.addEventListener('abort', () => resolve(undefined), { once: true });
		});
		return Promise.race([planned().catch(reasonOf), late]);
	}

	#again({ plan }: Approval, params: JsonObject, by: Actor, stop: AbortSignal): Promise<Approval> {
		const action = plan.as ?? plan.action;
		this.mustBeAllowed({ action, params });
		const { evidence } = plan;
		return this.#setup.proposer.propose(
			{ action, params, origin: 'operator', by, evidence, expiresMs },
			stop,
		);
	}

	async #found(id: string): Promise<Approval> {
		const approval = await this.#setup.audit.find(id);
		if (approval) return approval;
		throw new Failure('usage', `there is no approval ${id}: eventctl approvals list shows which`);
	}
}

/** What was said by hand counts most, then the target's name, then the event. */
function paramsOf({ action, name }: Entry, { target, params, about }: Wanted): JsonObject {
	if (target !== undefined) return { ...action.target(target), ...params };
	const fitting = about && action.fits(about.facts, about.fields);
	if (fitting) return { ...fitting, ...params };
	if (params) return params;
	throw new Failure('usage', `${name}: this event names nothing it could be done to`);
}

function inWords(params: JsonObject): string {
	return Object.values(params)
		.filter((value) => typeof value === 'string' || typeof value === 'number')
		.join('/');
}
